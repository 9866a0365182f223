import { X509Certificate, createPrivateKey } from "node:crypto";
import { readFile } from "node:fs/promises";
import { ExpectedError } from "../core/error.ts";

/** The creator's own certificate. */
export interface Identity {
  cert: string;
  key: string;
  /** Names that it is made out to, without wildcards. */
  names: readonly string[];
  /** True when it is made out to this address. */
  covers(address: string): boolean;
}

/** Reads a certificate and its key, both PEM. Throws ExpectedError (exit `input`) when they cannot be used. */
export async function readIdentity(certFile: string, keyFile: string): Promise<Identity> {
  const cert = await readPem(certFile, "--tls-cert");
  const key = await readPem(keyFile, "--tls-key");
  const certificate = attempt(
    () => new X509Certificate(cert),
    "--tls-cert",
    certFile,
    "a certificate",
  );
  const secret = attempt(
    () => createPrivateKey(key),
    "--tls-key",
    keyFile,
    "a key without a password",
  );
  if (!certificate.checkPrivateKey(secret)) {
    throw new ExpectedError({
      exit: "input",
      code: "tls-mismatch",
      what: "The certificate and the key do not belong together.",
      fix: "Give the two files that were made together.",
    });
  }
  const names = [...(certificate.subjectAltName ?? "").matchAll(/DNS:([^,\s"]+)/g)].flatMap(
    ([, name = ""]) => (name.includes("*") ? [] : [name.toLowerCase()]),
  );
  return { cert, key, names, covers: (address) => certificate.checkIP(address) !== undefined };
}

async function readPem(file: string, flag: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw unusable(flag, file, "It cannot be opened.", error);
  }
}

function attempt<Read>(read: () => Read, flag: string, file: string, wanted: string): Read {
  try {
    return read();
  } catch (error) {
    throw unusable(flag, file, `It does not hold ${wanted} in the PEM form.`, error);
  }
}

function unusable(flag: string, file: string, why: string, cause: unknown): ExpectedError {
  return new ExpectedError(
    {
      exit: "input",
      code: "tls-unusable",
      what: `The file of ${flag} cannot be used: ${file}`,
      why,
      fix: "Leave both options out to serve without encryption, or give the files that mkcert or Tailscale made.",
    },
    { cause },
  );
}
