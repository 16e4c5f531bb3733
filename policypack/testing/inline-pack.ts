/** A pack that is given as policies: served by the SDK itself, but in this process, to nobody else. */
import { Module, createRequire } from "node:module";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { type Client, HostFailure, Pack } from "../host";
import type { InlinePack } from "./trial";

/** What the SDK serves, by the names of the calls. */
type Handlers = Readonly<
  Record<
    keyof Client,
    (
      call: { readonly request: unknown },
      done: (error: Error | null | undefined, response?: unknown) => void,
    ) => void
  >
>;
interface Server {
  addService: (service: unknown, handlers: Handlers) => void;
  bindAsync: () => void;
}
interface Method {
  readonly requestSerialize: (message: unknown) => Buffer;
  readonly requestDeserialize: (bytes: Buffer) => unknown;
  readonly responseSerialize: (message: unknown) => Buffer;
  readonly responseDeserialize: (bytes: Buffer) => unknown;
}
type Methods = Readonly<Record<keyof Client, Method>>;

/**
 * Starts a pack of policies.
 *
 * @param require - finds the copy of `@pulumi/policy` that the policies are written with
 * @throws {@link HostFailure} where the SDK refuses the pack
 */
export function startInline(pack: InlinePack, require: NodeJS.Require): Pack {
  const { name, version = "0.0.0", initialConfig, ...args } = pack;
  const file = require.resolve("@pulumi/policy/server");
  const ofSdk = createRequire(file);
  const { Server } = ofSdk("@grpc/grpc-js") as { readonly Server: { readonly prototype: Server } };
  const theirs = (ofSdk("@pulumi/pulumi/proto/analyzer_grpc_pb") as { readonly AnalyzerService: Methods })
    .AnalyzerService;
  const handlers = served(Server.prototype, name, () => {
    freshCopy(file).serve(name, version, args.enforcementLevel ?? "advisory", args, initialConfig);
  });
  return new Pack(clientOf(handlers, theirs), `the policy pack ${name}`, () => undefined);
}

/** The SDK keeps the configuration of a pack in a module, and serves one pack a module: each pack gets a copy of its own. */
function freshCopy(file: string): { readonly serve: (...args: readonly unknown[]) => void } {
  const copy = new Module(file) as Module & { load(file: string): void };
  copy.load(file);
  return copy.exports as ReturnType<typeof freshCopy>;
}

/** What the SDK would serve at a port; where it would end the process, it throws what it prints. */
function served(server: Server, name: string, serve: () => void): Handlers {
  let handlers: Handlers | undefined;
  const complaints: string[] = [];
  const restore = [
    replaced(server, {
      addService: (_service: unknown, given: Handlers) => {
        handlers = given;
      },
      bindAsync: () => undefined,
    }),
    replaced(process, {
      exit: () => {
        throw new HostFailure(`the policy pack ${name} cannot be served: ${complaints.join(" ")}`);
      },
    }),
    replaced(console, { error: (...texts: unknown[]) => void complaints.push(texts.join(" ")) }),
  ];
  try {
    serve();
  } finally {
    for (const each of restore) each();
  }
  if (handlers === undefined)
    throw new HostFailure(`@pulumi/policy no longer serves the policy pack ${name}`);
  return handlers;
}

/** Puts functions in the place of others. @returns what puts those back */
function replaced(holder: object, functions: Readonly<Record<string, unknown>>): () => void {
  const before = Object.keys(functions).map((key) => [key, Reflect.get(holder, key) as unknown]);
  Object.assign(holder, functions);
  return () => {
    Object.assign(holder, Object.fromEntries(before));
  };
}

/** Requests and responses cross as the bytes that they are on the wire: there may be two copies of the SDK. */
function clientOf(handlers: Handlers, theirs: Methods): Client {
  const ours = AnalyzerService as unknown as Methods;
  const call =
    (name: keyof Client) =>
    (message: unknown, ...rest: readonly unknown[]) => {
      const done = rest.at(-1) as (error: Error | null, response?: unknown) => void;
      const request = theirs[name].requestDeserialize(ours[name].requestSerialize(message));
      handlers[name]({ request }, (error, response) => {
        if (error) done(error);
        else done(null, ours[name].responseDeserialize(theirs[name].responseSerialize(response)));
      });
    };
  return {
    analyze: call("analyze"),
    analyzeStack: call("analyzeStack"),
    configure: call("configure"),
    configureStack: call("configureStack"),
    getAnalyzerInfo: call("getAnalyzerInfo"),
    remediate: call("remediate"),
  } as unknown as Client;
}
