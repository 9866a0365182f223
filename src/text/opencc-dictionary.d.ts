declare module "opencc-js/dict/TSCharacters" {
  /** Pairs separated by `|`: a Traditional letter, a space, its Simplified letters, best first. */
  const pairs: string;
  export default pairs;
}
