export const usage = `lyceum doctor [--json]

Says what works on this machine and what to do about the rest.`;

export async function run(_args: string[]): Promise<number> {
  return 0;
}
