import { Agent } from "node:http";
import { Agent as SecureAgent } from "node:https";

/** Lines to servers that stay open between two files, so that each file does not pay for a new one. */
export interface Connections {
  agents: { http: Agent; https: SecureAgent };
  close(): void;
}

/** Opens no line by itself; to be closed when the last file has come. */
export function keptConnections(): Connections {
  const agents = {
    http: new Agent({ keepAlive: true }),
    https: new SecureAgent({ keepAlive: true }),
  };
  return {
    agents,
    close() {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}
