import type { NoticeServiceId } from "../core/notice.ts";
import { noticeServices } from "../core/notice.ts";
import type { NoticeService, NotifySettings } from "./service.ts";

/** The services that the settings name. */
export function configuredServices(settings: NotifySettings): NoticeServiceId[] {
  return noticeServices.filter((id) => settings[id].trim() !== "");
}

/** The environment variable of a service's secret; what else may tell it is in edge/secrets. */
export const secretNames: Record<NoticeServiceId, string> = {
  ntfy: "FINDMEHERE_NTFY_TOKEN",
  webhook: "FINDMEHERE_WEBHOOK_SECRET",
  telegram: "FINDMEHERE_TELEGRAM_TOKEN",
};

/**
 * Makes a service ready; what speaks to the network is loaded here and not before. Throws ExpectedError where
 * the settings are wrong, NoticeError where a token is missing or wrong.
 */
export async function openService(
  id: NoticeServiceId,
  settings: NotifySettings,
  secret: string | null,
): Promise<NoticeService> {
  const setting = settings[id].trim();
  switch (id) {
    case "ntfy":
      return (await import("./ntfy.ts")).ntfy(setting, secret);
    case "webhook":
      return (await import("./webhook.ts")).webhook(setting, secret);
    case "telegram":
      return (await import("./telegram.ts")).telegram(setting, settings.telegramOrigin, secret);
  }
}
