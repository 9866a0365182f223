/** Endings of the videos that a library holds, without the dot. */
export const videoEndings = ["mp4", "mov", "webm", "mkv", "3gp"] as const;
/** Endings of the pictures that a library holds, without the dot. */
export const pictureEndings = ["jpg", "png", "webp", "avif", "heic", "gif"] as const;

const videoName = new RegExp(`\\.(${videoEndings.join("|")}|m4v)$`, "i");

/** True for the name of a video, by its ending. */
export function isVideoName(name: string): boolean {
  return videoName.test(name);
}
