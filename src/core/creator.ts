/** What the settings say of the creator; every text may be empty except that `handles.tiktok` is asked for. */
export interface Creator {
  name: string;
  /** Without the sign. `rednote` is the display name there, `rednoteId` the ID that people can search. */
  handles: { tiktok: string; rednote: string; rednoteId: string; lemon8: string };
  /** An id of templates/niches.json, or free text as `english | 中文`. */
  niche: string;
  /** Ids of templates/niches.json, or free texts as `english | 中文`. */
  shares: string[];
  /** A name of templates/niches.json's places, or free text as `english | 中文`. */
  city: string;
  /** An id of templates/niches.json's pets, or free text as `english | 中文`. */
  pet: string;
  /** IANA time zone. */
  timeZone: string;
  /** ISO 8601 day by which the creator wants to be done; empty when there is none. */
  deadline: string;
}
