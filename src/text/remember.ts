/**
 * A function of a text that remembers the answers to its last texts: title, body and all destinations of a post
 * ask for the same. They are told apart by their lengths first, so that no text is read to its end only to look
 * whether it is known. Only for what depends on the text alone, and whose answer nobody changes.
 */
export function rememberLast<Answer>(work: (text: string) => Answer): (text: string) => Answer {
  const recent = recentTexts<Answer>();
  return (text) => {
    const known = recent.find(text);
    if (known !== undefined) return known;
    const answer = work(text);
    recent.keep(text, answer);
    return answer;
  };
}

/** Answers to the last few texts. */
export interface RecentTexts<Answer> {
  find(text: string): Answer | undefined;
  keep(text: string, answer: Answer): void;
}

const most = 8;

/** Keeps the answers to so many texts as the drafts of one post have. */
export function recentTexts<Answer>(): RecentTexts<Answer> {
  const texts: string[] = [];
  const answers: Answer[] = [];
  let next = 0;
  return {
    find(text) {
      for (let index = 0; index < texts.length; index += 1)
        if (texts[index] === text) return answers[index];
      return undefined;
    },
    keep(text, answer) {
      texts[next] = text;
      answers[next] = answer;
      next = (next + 1) % most;
    },
  };
}

/** A function of a text as short as a tag that remembers so many answers: a creator has the same ones again and again. */
export function remember<Answer>(
  work: (text: string) => Answer,
  atMost: number,
): (text: string) => Answer {
  const answers = new Map<string, Answer>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined) return known;
    const answer = work(text);
    if (answers.size >= atMost) answers.clear();
    answers.set(text, answer);
    return answer;
  };
}
