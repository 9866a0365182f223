/** Words that cannot end a cut line: what they announce is missing. English, Spanish, Portuguese, French, German, Arabic. */
const words =
  `a an the this that these those of and or but so my your his her our their its is are was were be am i'm
  to in on at by for from with into as than if when because very
  el la los las un una unos unas de del y e o u en con por para mi mis tu tus su sus es son que al lo se muy
  os as um uma do da dos das em no na meu minha seu sua
  le les des du et ou dans avec pour mon ma mes ton ta est sont que
  der die das ein eine und oder mit für von zu im am ist sind
  و في من على إلى عن مع أن هذا هذه`
    .split(/\s+/u)
    .filter((word) => word !== "");
const dangling = new RegExp(String.raw`(?<![\p{L}\p{N}\p{M}'’])(?:${words.join("|")})$`, "iu");
/** Chinese has no spaces to tell a word by; these hardly ever end one. */
const danglingHan = /(?<=\p{Script=Han})[的和与跟把及]$/u;

/** More than the longest of these words and the letter before it: no pattern has to look at a whole line. */
const most = 24;

/** True when a line ends with a word that announces another one. */
function endsDangling(line: string): boolean {
  const text = line.trimEnd().slice(-most);
  return dangling.test(text) || danglingHan.test(text);
}

/** Words after which a sentence cannot be over. "With" and "to" are not among them: "what I am up to". */
const open =
  /(?<![\p{L}\p{N}\p{M}'’])(?:an?|the|my|your|his|her|our|their|its|and|or|of|at|in|into|el|la|los|las|un|una|de|del|y|mi|tu|su|en|le|les|des|du|mon|ma|der|die|das|ein|eine|und)$/iu;

/** True when what follows must belong to the sentence: "painting at the". */
export function endsOpen(text: string): boolean {
  return open.test(text.trimEnd().slice(-most));
}

/** Takes dangling words off the end, but never the whole text. */
export function dropDangling(line: string): string {
  let text = line.trimEnd();
  while (endsDangling(text)) {
    const shorter = text
      .replace(dangling, "")
      .replace(danglingHan, "")
      .replace(/[\s,;:，；：、،]+$/u, "");
    if (shorter === "") return text;
    text = shorter;
  }
  return text;
}
