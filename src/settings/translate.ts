import { z } from "zod";
import { whole } from "./whole.ts";

const text = z.string();

/** Where translators are, and how they are used. */
export const translateShape = z.strictObject({
  deepl: z.strictObject({ url: text }),
  libretranslate: z.strictObject({ url: text }),
  openai: z.strictObject({ url: text, model: text }),
  keep: z.array(text),
  patience: whole(0, 3600),
});

const { keep, patience } = translateShape.shape;

/** The settings of it. */
export const translateSettings: readonly {
  path: string;
  fallback: string | number | string[];
  schema: z.ZodType;
  about: string;
}[] = [
  {
    path: "translate.deepl.url",
    fallback: "",
    schema: text,
    about: "another address of DeepL; empty: the one of your key's plan",
  },
  {
    path: "translate.libretranslate.url",
    fallback: "https://libretranslate.com",
    schema: text,
    about: "the LibreTranslate server to use",
  },
  {
    path: "translate.openai.url",
    fallback: "https://api.openai.com/v1",
    schema: text,
    about: "OpenAI, or what speaks like it, such as http://localhost:11434/v1 for Ollama",
  },
  {
    path: "translate.openai.model",
    fallback: "",
    schema: text,
    about: "the model that translates there",
  },
  {
    path: "translate.keep",
    fallback: [],
    schema: keep,
    about: "words that no translator touches, such as your brand",
  },
  {
    path: "translate.patience",
    fallback: 0,
    schema: patience,
    about: "seconds that a translator may think about one request; 0: a minute, a model five",
  },
];
