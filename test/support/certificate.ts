import { createHash, generateKeyPairSync, sign } from "node:crypto";

/** A certificate that signs itself, and its key, both PEM. */
export interface SelfSigned {
  cert: string;
  key: string;
}

/** Makes one for the names and the IPv4 addresses; from `from`, one day long unless it is said. */
export function selfSigned(
  { names, addresses }: { names: readonly string[]; addresses: readonly string[] },
  from = new Date(Date.now() - 60_000),
  days = 1,
): SelfSigned {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const algorithm = sequence(oid("2a8648ce3d040302"));
  const name = sequence(
    tag(0x31, sequence(oid("550403"), tag(0x0c, Buffer.from("findmehere test")))),
  );
  const alternatives = sequence(
    ...names.map((each) => tag(0x82, Buffer.from(each))),
    ...addresses.map((each) => tag(0x87, Buffer.from(each.split(".").map(Number)))),
  );
  const extension = sequence(oid("551d11"), tag(0x04, alternatives));
  const serial = createHash("sha256").update(String(from.getTime())).digest().subarray(0, 8);
  serial[0] = 1;
  const body = sequence(
    tag(0xa0, tag(0x02, Buffer.from([2]))),
    tag(0x02, serial),
    algorithm,
    name,
    sequence(moment(from), moment(new Date(from.getTime() + days * 86_400_000))),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    tag(0xa3, sequence(extension)),
  );
  const signature = sign("sha256", body, privateKey);
  const whole = sequence(body, algorithm, tag(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = whole.toString("base64").match(/.{1,64}/g) ?? [];
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: "pkcs8", format: "pem" }) as string,
  };
}

function sequence(...parts: Buffer[]): Buffer {
  return tag(0x30, ...parts);
}

function oid(hex: string): Buffer {
  return tag(0x06, Buffer.from(hex, "hex"));
}

function moment(at: Date): Buffer {
  const text = `${at.toISOString().replaceAll(/[-:T]/g, "").slice(0, 14)}Z`;
  return tag(0x18, Buffer.from(text));
}

function tag(kind: number, ...parts: Buffer[]): Buffer {
  const value = Buffer.concat(parts);
  const { length } = value;
  const size =
    length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([kind, ...size]), value]);
}
