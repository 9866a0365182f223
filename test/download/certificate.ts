import { generateKeyPairSync, sign } from "node:crypto";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";

/** A server on this machine that speaks TLS with a certificate which nobody vouches for. */
export interface SecureServer {
  host: string;
  close(): Promise<void>;
}

/** Starts it; `asked` is called for each request that gets through. */
export async function startSecureServer(asked: () => unknown): Promise<SecureServer> {
  const server = createServer(selfSigned("127.0.0.1"), (_request, response) => {
    asked();
    response.end("secret");
  });
  // That nobody goes on after the handshake is the point.
  server.on("tlsClientError", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A key and a certificate (X.509, version 1) that it signed itself, good for a day around now. */
function selfSigned(name: string): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const algorithm = sequence(object("2a8648ce3d040302"));
  const whose = sequence(tagged(0x31, sequence(object("550403"), tagged(0x0c, Buffer.from(name)))));
  const day = 86_400_000;
  const now = new Date().getTime();
  const body = sequence(
    tagged(0x02, Buffer.from([1])),
    algorithm,
    whose,
    sequence(time(now - day), time(now + day)),
    whose,
    publicKey.export({ type: "spki", format: "der" }),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign("sha256", body, privateKey)]);
  const certificate = sequence(body, algorithm, tagged(0x03, signature));
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.toString("base64").replaceAll(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`,
  };
}

function sequence(...parts: Buffer[]): Buffer {
  return tagged(0x30, ...parts);
}

function object(hex: string): Buffer {
  return tagged(0x06, Buffer.from(hex, "hex"));
}

function time(at: number): Buffer {
  const text = new Date(at)
    .toISOString()
    .replaceAll(/[-:T]|\.\d+/g, "")
    .slice(2);
  return tagged(0x17, Buffer.from(text));
}

/** One value of DER: what it is, how long it is, and its bytes. */
function tagged(tag: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const { length } = body;
  const size =
    length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}
