import { createServer } from "node:net";
import { Problem } from "./problem.js";

const host = "127.0.0.1";

/** 0: any free port. A number: that one or a Problem. Undefined: the first free of 8888 to 8987. */
export async function choosePort(wanted: number | undefined): Promise<number> {
  if (wanted !== undefined) {
    const port = await tryPort(wanted);
    if (port === undefined) throw new Problem(`Port ${wanted} is in use. Take another one, or any free one:  --port 0`);
    return port;
  }
  for (let port = 8888; port < 8988; port++) if ((await tryPort(port)) !== undefined) return port;
  return (await tryPort(0))!;
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : undefined));
    });
  });
}
