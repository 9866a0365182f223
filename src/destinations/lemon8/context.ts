import { contextType } from "./site.ts";

const scripts = /<script\b([^>]*)>([^<]*)<\/script>/giu;

/**
 * The data that the page was built from, by name, whatever the routes above it are called; null where the
 * page has none, which means that it has changed or is another page.
 */
export function pageData(html: string): Map<string, unknown> | null {
  for (const [, attributes = "", text = ""] of html.matchAll(scripts)) {
    if (!attributes.includes(contextType)) continue;
    const loaded = field(field(decoded(text), "state"), "loaderData");
    if (typeof loaded !== "object" || loaded === null) continue;
    return new Map(
      Object.values(loaded).flatMap((route) =>
        typeof route === "object" && route !== null ? Object.entries(route) : [],
      ),
    );
  }
  return null;
}

function decoded(text: string): unknown {
  const trimmed = text.trim();
  try {
    return JSON.parse(trimmed.startsWith("{") ? trimmed : decodeURIComponent(trimmed));
  } catch {
    return null;
  }
}

/** A field of an object of which nothing is known. */
export function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
