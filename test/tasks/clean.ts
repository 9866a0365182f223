import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

// tsc never removes what is no longer made; a module that was renamed would stay importable.
rmSync(fileURLToPath(new URL("../../dist", import.meta.url)), { recursive: true, force: true });
