// alipay-sdk for Node.js, driven by lines of JSON: {"method", "content"} in, {"node"} or {"error"} out.
// Arguments: the folder of its packages, the gateway's address, the folder of keys, and "key" or "certificate".

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";

const [packages, gateway, keys, mode] = process.argv.slice(2);
const { AlipaySdk } = createRequire(join(packages, "package.json"))("alipay-sdk");
const read = (name) => readFileSync(join(keys, name), "utf8");
const trust =
  mode === "certificate"
    ? {
        appCertContent: read("app_cert.crt"),
        alipayPublicCertContent: read("alipay_cert.crt"),
        alipayRootCertContent: read("alipay_root_cert.crt"),
      }
    : { alipayPublicKey: read("alipay_public.pem") };
const sdk = new AlipaySdk({
  appId: "SANDBOX-0001",
  privateKey: read("app_private.pem"),
  keyType: "PKCS8",
  gateway,
  camelcase: false,
  ...trust,
});

for await (const line of createInterface({ input: process.stdin })) {
  const { method, content } = JSON.parse(line);
  let told;
  try {
    told = { node: await sdk.exec(method, { bizContent: content }, { validateSign: true }) };
  } catch (error) {
    told = { error: `${error.name}: ${error.message}`.slice(0, 300) };
  }
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
