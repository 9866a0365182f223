import { basename } from "node:path";
import { readSecret } from "../edge/secrets.ts";
import { configuredServices, secretNames } from "../notify/index.ts";
import type { Settings } from "../settings/schema.ts";
import type { NoticeOffice } from "../steps/notices/send.ts";
import type { CommandCall } from "./command.ts";

/** Who is told, and how, by the settings of a library. */
export function noticeOffice(call: CommandCall, root: string, settings: Settings): NoticeOffice {
  const { notify, creator } = settings;
  return {
    services: configuredServices(notify),
    settings: notify,
    destinations: call.machine.destinations,
    zone: creator.timeZone,
    library: creator.name || creator.handles.tiktok || basename(root),
    secret: (id) => readSecret(call.machine.environment, secretNames[id]),
  };
}
