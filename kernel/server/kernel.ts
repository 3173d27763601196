import { setTimeout as wait } from "node:timers/promises";
import type { Session } from "../session/contract.js";
import type { Connection } from "../wire/connection.js";
import { createIssuer, replyTo, type Content, type Request } from "../wire/message.js";
import { openWire } from "../wire/sockets.js";
import { createAllowance } from "./allowance.js";
import { createCells } from "./cells.js";
import { createComms } from "./comms.js";
import { createEventSink } from "./events.js";
import { historyPath, openHistoryFile } from "./history-file.js";
import { createHistory } from "./history.js";
import { createHandlers, isQuiet } from "./handlers.js";
import type { Notebook } from "./notebook.js";
import { createParents } from "./parents.js";
import { createPublisher } from "./publisher.js";
import { createServices } from "./services.js";
import { createStdin } from "./stdin.js";
import { untilHeard } from "./subscriber.js";
import { serverWords } from "./words.js";

/** Milliseconds that loading the session waits for the first question. */
const firstAnswerMs = 100;

export interface Kernel {
  /** Shut down by a client or by `stop`, and all closed. */
  readonly finished: Promise<void>;
  stop(): void;
  /** Stop the running cell. */
  interrupt(): void;
}

/** Listen on a connection file's sockets and serve one notebook; resolves when clients are heard. */
export async function serveKernel(connection: Connection, notebook: Notebook): Promise<Kernel> {
  const words = serverWords(notebook.language);
  const { issue } = createIssuer();
  const subscriber = untilHeard();
  const complain = (why: string): void => void process.stderr.write(`lyceum: ${why.slice(0, 300).replaceAll("\n", " ")}\n`);
  let stop = (): void => {};
  const stopped = new Promise<void>((resolve) => (stop = resolve));
  let markAnswered = (): void => {};
  const answered = new Promise<void>((resolve) => (markAnswered = resolve));

  const wire = await openWire(connection, {
    onRequest: (request) => void subscriber.heard.then(() => dispatch(request)),
    onSubscribe(topic) {
      if (topic.byteLength < 1024) wire.publish(issue({ type: "iopub_welcome", content: { subscription: Buffer.from(topic).toString() } }), topic);
      subscriber.subscribed();
    },
    onRefused: (channel, why) => complain(`ignored a message on ${channel}: ${why}`),
  });
  const publisher = createPublisher((draft) => wire.publish(issue(draft)));
  // Told when somebody listens, after the welcome, which a client expects first.
  void subscriber.heard.then(() => publisher.status({}, "starting"));

  const comms = createComms();
  const parents = createParents();
  const history = createHistory(openHistoryFile(historyPath()));
  const stdin = createStdin(
    async (identities, draft) => {
      await publisher.drained(); // what was printed before the question is seen before it
      await wire.send("stdin", identities, issue(draft));
    },
    (value) => void session.then((ready) => ready.reply(value)),
  );
  const onEvent = createEventSink({ publisher, parents, comms, ask: stdin.ask, onRespawn: stdin.forget });
  // The compiler has no place on the way to the first kernel_info_reply: it is loaded after that, or when nobody asks.
  const session: Promise<Session> = Promise.race([answered, wait(firstAnswerMs)])
    .then(() => import("../session/index.js"))
    .then(({ createSession }) => createSession({ directory: notebook.directory, language: notebook.language, preload: process.env.LYCEUM_PRELOAD !== "0", services: createServices(notebook), onEvent }));
  session.catch((error: Error) => complain(`the session could not start: ${error.message}`));

  const remember = (request: Request, options: { silent?: boolean; allowStdin?: boolean }) => parents.add(request, { ...options, allowance: createAllowance(words) });
  const send = (request: Request, content: Content, metadata?: Content): void => {
    wire.send(request.channel, request.identities, issue(replyTo(request, content, metadata))).catch((error: Error) => complain(error.message));
  };
  const cells = createCells({ session, publisher, history, words, remember, reply: send, onEnd: stdin.forget });

  function interrupt(): void {
    const running = cells.running();
    const parent = running && parents.find(running.msg_id);
    if (parent && publisher.dropBacklog(parent.header)) publisher.stream(parent.header, "stderr", words.cutInterrupt);
    void session.then((ready) => ready.interrupt()).catch((error: Error) => complain(`interrupt: ${error.message}`));
  }
  const handlers = createHandlers({ connection, session, publisher, history, comms, remember, interrupt, stop });

  async function dispatch(request: Request): Promise<void> {
    const type = request.header.msg_type;
    if (request.channel === "stdin") return type === "input_reply" ? stdin.answered(request) : complain(`ignored ${type} on stdin`);
    if (type === "execute_request" && request.channel === "shell") {
      markAnswered();
      return cells.submit(request);
    }
    const handler = handlers.get(type);
    if (!handler) return complain(`ignored a message of unknown type ${type}`);
    publisher.status(request.header, "busy");
    try {
      const content = await handler(request);
      if (content) send(request, content);
    } catch (error) {
      const evalue = error instanceof Error ? error.message : String(error);
      if (isQuiet(type)) complain(`${type}: ${evalue}`);
      else send(request, { status: "error", ename: error instanceof Error ? error.name : "Error", evalue, traceback: [] });
    }
    publisher.status(request.header, "idle");
    markAnswered();
    // Clients take the latest status for the kernel's: while a cell runs, that is busy.
    const running = cells.running();
    if (running) publisher.status(running, "busy");
  }

  async function close(): Promise<void> {
    await stopped;
    const patience = new Promise((resolve) => setTimeout(resolve, 1000));
    await Promise.race([patience, Promise.all([publisher.drained(), history.saved(), session.then((ready) => ready.dispose())]).catch(() => {})]);
    await Promise.race([patience, wire.close()]);
  }
  return { finished: close(), stop, interrupt };
}
