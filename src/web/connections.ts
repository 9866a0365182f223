import type { Server } from "node:http";
import type { Socket } from "node:net";

/** Connections of a server. */
export interface Connections {
  /** This connection has shown that it may be here. */
  admit(socket: Socket): void;
}

/** All of them together; a phone opens six, and a few phones may look. */
const most = 64;

/**
 * Keeps connections few. Where there are too many, the oldest that has shown nothing goes, of whoever has most of
 * those: someone who only holds connections open pushes out their own.
 */
export function limitConnections(server: Server): Connections {
  const strangers = new Map<string, Socket>();
  let open = 0;
  server.on("connection", (socket: Socket) => {
    const name = nameOf(socket);
    open += 1;
    socket.once("close", () => {
      open -= 1;
      if (strangers.get(name) === socket) strangers.delete(name);
    });
    // A connection that broke is closed anyway; without a listener the error would end the process.
    socket.on("error", () => {});
    strangers.set(name, socket);
    if (open > most) (crowding(strangers) ?? socket).destroy();
  });
  // With TLS a request comes on another object than its connection; the far end's port is the same.
  return { admit: (socket) => void strangers.delete(nameOf(socket)) };
}

/** The oldest of whoever has most, the newcomer never first. */
function crowding(strangers: ReadonlyMap<string, Socket>): Socket | undefined {
  const byRemote = Map.groupBy(strangers.values(), ({ remoteAddress }) => remoteAddress);
  const [largest] = [...byRemote.values()].toSorted((one, other) => other.length - one.length);
  return largest?.[0];
}

function nameOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress ?? ""} ${remotePort ?? ""}`;
}
