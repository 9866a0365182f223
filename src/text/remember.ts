/**
 * A function of a text that remembers its last few answers: title, body and all destinations of a post ask for
 * the same. Only for what depends on the text alone, and whose answer nobody changes.
 * @param most so many of them; more where the texts are as few and short as a creator's tags
 */
export function remember<Answer>(
  work: (text: string) => Answer,
  most = 16,
): (text: string) => Answer {
  const answers = new Map<string, Answer>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined) return known;
    const answer = work(text);
    if (answers.size >= most) answers.clear();
    answers.set(text, answer);
    return answer;
  };
}
