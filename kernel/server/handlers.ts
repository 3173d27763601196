import type { CommMessage, Session } from "../session/contract.js";
import type { Connection } from "../wire/connection.js";
import type { Content, Request } from "../wire/message.js";
import type { Comms } from "./comms.js";
import type { History } from "./history.js";
import { kernelInfo } from "./info.js";
import type { Publisher } from "./publisher.js";
import { complete, inspect, isComplete } from "./questions.js";

export interface HandlersOptions {
  connection: Connection;
  session: Promise<Session>;
  publisher: Publisher;
  history: History;
  comms: Comms;
  remember(request: Request, options: object): unknown;
  /** Stop the running cell; the reply does not wait for it. */
  interrupt(): void;
  /** Everything is said: close and end. */
  stop(): void;
}

/** Gives the content of the reply; undefined where the type has none. Busy and idle are put around it by the caller. */
type Handler = (request: Request) => Promise<Content | undefined> | Content | undefined;

/** Types without a reply: an error in them is logged, not answered. */
export const isQuiet = (type: string): boolean => type.startsWith("comm_") && type !== "comm_info_request";

/** Every request but execute_request, by type. They are answered on shell and on control, while a cell runs. */
export function createHandlers(options: HandlersOptions): Map<string, Handler> {
  const { connection, session, publisher, history, comms } = options;
  const info = kernelInfo();

  async function comm(request: Request, kind: CommMessage["kind"]): Promise<undefined> {
    const { comm_id: commId, target_name: target, data } = request.content;
    if (typeof commId !== "string") throw new Error(`expected comm_id to be a string, got ${JSON.stringify(commId)}`);
    options.remember(request, {});
    if (kind === "open") comms.opened(commId, typeof target === "string" ? target : "");
    if (kind === "close") comms.closed(commId);
    const message = { kind, commId, target: typeof target === "string" ? target : undefined, data, metadata: request.metadata, buffers: request.buffers };
    await (await session).comm(message, request.header.msg_id);
    return undefined;
  }

  function shutdown({ header, content }: Request): Content {
    const answer = { status: "ok", restart: content.restart === true };
    publisher.publish({ type: "shutdown_reply", parent: header, content: answer }); // other clients should know, too
    setImmediate(options.stop);
    return answer;
  }

  return new Map<string, Handler>([
    ["kernel_info_request", () => info],
    ["complete_request", async (request) => await complete(await session, request)],
    ["inspect_request", async (request) => await inspect(await session, request)],
    ["is_complete_request", async (request) => isComplete(await session, request)],
    ["history_request", async ({ content }) => await history.answer(content)],
    ["comm_info_request", ({ content }) => ({ status: "ok", comms: comms.list(typeof content.target_name === "string" && content.target_name !== "" ? content.target_name : undefined) })],
    ["comm_open", (request) => comm(request, "open")],
    ["comm_msg", (request) => comm(request, "msg")],
    ["comm_close", (request) => comm(request, "close")],
    ["connect_request", () => ({ status: "ok", ...portsOf(connection) })],
    ["interrupt_request", () => (options.interrupt(), { status: "ok" })],
    ["shutdown_request", shutdown],
    ["debug_request", async ({ content }) => ({ ...(await (await session).debug(content)) })],
    ...["create_subshell_request", "delete_subshell_request", "list_subshell_request"].map((type): [string, Handler] => [type, noSubshells]),
  ]);
}

function portsOf({ shell_port, iopub_port, stdin_port, hb_port, control_port }: Connection): Content {
  return { shell_port, iopub_port, stdin_port, hb_port, control_port };
}

function noSubshells(): Content {
  throw new Error("This kernel has no subshells: completion, hover and widgets are answered while a cell runs without them.");
}
