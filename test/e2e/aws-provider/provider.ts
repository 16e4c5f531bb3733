/**
 * A stand-in of the tests for the AWS provider: policy, role and attachment of IAM, created through the AWS SDK in the server
 * that `AWS_ENDPOINT_URL` names, which must be on this machine. What a policy pack sees of it is as the provider makes it.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { IAMClient } from "@aws-sdk/client-iam";
import { main, type Provider } from "@pulumi/pulumi/provider";
import { checkedInputs, isUnknown } from "./check";
import type { Handler, Properties } from "./handler";
import { HANDLERS } from "./resources";

const endpoint = process.env["AWS_ENDPOINT_URL"] ?? "";
if (!/^http:\/\/127\.0\.0\.1:\d+$/.test(endpoint))
  throw new Error(
    "the stand-in for the AWS provider speaks to a server on 127.0.0.1 only; set AWS_ENDPOINT_URL",
  );
const iam = new IAMClient({
  endpoint,
  region: "us-east-1",
  credentials: { accessKeyId: "e2e", secretAccessKey: "e2e" },
});

function handlerOf(urn: string): Handler {
  const type = urn.split("::")[2]?.split("$").at(-1) ?? "";
  const handler = HANDLERS[type];
  if (handler === undefined) throw new Error(`the stand-in for the AWS provider does not know ${type}`);
  return handler;
}
const nameOf = (urn: string): string => urn.split("::")[3] ?? "";

const provider: Provider = {
  version: "7.48.0",
  schema: readFileSync(join(__dirname, "schema.json"), "utf8"),
  check: (urn, olds: Properties, news: Properties) =>
    Promise.resolve({ inputs: checkedInputs(handlerOf(urn), nameOf(urn), olds, news) }),
  diff: (_id, urn, olds: Properties, news: Properties) => {
    const handler = handlerOf(urn);
    const changed = Object.keys({ ...handler.inputsOf(olds), ...news }).filter(
      (key) => isUnknown(news[key]) || JSON.stringify(olds[key]) !== JSON.stringify(news[key]),
    );
    const replaces = changed.filter((key) => handler.replacedBy.includes(key));
    return Promise.resolve({
      changes: changed.length > 0,
      replaces,
      deleteBeforeReplace: replaces.length > 0,
    });
  },
  create: async (urn, inputs: Properties) => {
    const { id, outs } = await handlerOf(urn).create(iam, inputs);
    return { id, outs: { ...inputs, ...outs } };
  },
  read: async (id, urn, properties: Properties = {}) => {
    const handler = handlerOf(urn);
    const outs = await handler.read(iam, id, properties);
    if (outs === undefined) return { id: "", props: {} };
    const props = { ...properties, ...outs };
    return { id, props, inputs: handler.inputsOf(props) };
  },
  update: async (id, urn, olds: Properties, news: Properties) => {
    await handlerOf(urn).update(iam, id, news);
    return { outs: { ...olds, ...news } };
  },
  delete: (id, urn, properties: Properties) => handlerOf(urn).delete(iam, id, properties),
  invoke: (token) => Promise.reject(new Error(`the stand-in for the AWS provider does not know ${token}`)),
};

void main(provider, process.argv.slice(2));
