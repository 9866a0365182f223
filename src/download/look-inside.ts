/** What plays when a video is opened. */
export interface VideoParts {
  sound: boolean;
  /** Its pictures have a form that ordinary players know. */
  playable: boolean;
}

/**
 * Reads the table of contents of a video, not the video itself. Null when it cannot be told. TikTok serves
 * forms without sound (paths ending `/media-video-hvc1/`) and forms that no player knows (`bytevc2`):
 * yt-dlp #16622 and #17372, 2026-08.
 */
export async function lookInside(file: string): Promise<VideoParts | null> {
  // Loaded only where there is a choice between several forms: it takes longer than the rest of a start.
  const { ALL_FORMATS, FilePathSource, Input, Logging, LogLevel } = await import("mediabunny");
  Logging.level = LogLevel.Silent;
  const input = new Input({ formats: ALL_FORMATS, source: new FilePathSource(file) });
  try {
    const [pictures, sounds] = [await input.getVideoTracks(), await input.getAudioTracks()];
    // A file without any table of contents tells nothing of what is in it.
    if (pictures.length + sounds.length === 0) return null;
    const codecs = await Promise.all(pictures.map((track) => track.getCodec()));
    return { sound: sounds.length > 0, playable: codecs.some((codec) => codec !== null) };
  } catch {
    // Damage inside, or a form that it cannot read: that is no reason to refuse the file.
    return null;
  } finally {
    input.dispose();
  }
}
