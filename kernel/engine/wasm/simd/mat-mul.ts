import { choose, f32, f32x4, Func, i32, loop, repeat, seq, v128, when, type Code, type Local } from "./assembler.js";

const rows = 4;
const columns = 8;
/** So many steps of the sum are taken at a time: the packed columns and the rows they meet then stay in the nearest cache. */
const depth = 256;

/** Bytes of scratch that one product needs: `columns` packed columns and one tile. */
export const matMulScratch = (depth * columns + rows * columns) * 4;

const word = (value: Code) => i32.shl(value, i32.const(2));

/**
 * c[m, n] = a[m, k] b[k, n], with `bias[n]` added where its address is not 0, and negative results put to 0 where `relu` is not 0.
 * Operands are read with any stride, so a transposed one costs no copy; c is dense. Columns of b are packed eight at a time, and
 * tiles of 4 x 8 sums are held in registers. m, n and k are at least 1.
 */
export function matMul(): { func: Func; body: Code } {
  const func = new Func("matMul");
  const [a, aRow, aColumn, b, bRow, bColumn, c, m, n, k, bias, relu, scratch] = Array.from({ length: 13 }, () => func.param()) as Thirteen;
  const [from, steps, column, width, row, height, step, packed, source, tile, target, lane, aStep] = func.locals("i32", 13) as Thirteen;
  const aAt = func.locals("i32", rows);
  const sums = func.locals("v128", rows * 2);
  const [left, right, value] = func.locals("v128", 3) as [Local, Local, Local];
  const end = func.local();
  const sum = (r: number, half: number) => sums[r * 2 + half]!;
  const both = (act: (r: number, half: number) => Code) => seq(...Array.from({ length: rows * 2 }, (_, index) => act(index >> 1, index & 1)));

  // Eight columns of b from row `from`, one row after another; columns past the last are zero.
  const pack = seq(
    packed.set(scratch.get),
    source.set(i32.add(b.get, word(i32.add(i32.mul(from.get, bRow.get), i32.mul(column.get, bColumn.get))))),
    when(i32.and(eq(bColumn.get, i32.const(1)), eq(width.get, i32.const(columns))),
      loop(step, i32.const(0), steps.get, i32.const(1), seq(
        v128.store(packed.get, v128.load(source.get)),
        v128.store(packed.get, v128.load(source.get, 16), 16),
        packed.set(i32.add(packed.get, i32.const(columns * 4))),
        source.set(i32.add(source.get, word(bRow.get))),
      )),
      loop(step, i32.const(0), steps.get, i32.const(1), seq(
        target.set(source.get),
        v128.store(packed.get, f32x4.const(0)),
        v128.store(packed.get, f32x4.const(0), 16),
        loop(lane, i32.const(0), width.get, i32.const(1), seq(
          f32.store(i32.add(packed.get, word(lane.get)), f32.load(target.get)),
          target.set(i32.add(target.get, word(bColumn.get))),
        )),
        packed.set(i32.add(packed.get, i32.const(columns * 4))),
        source.set(i32.add(source.get, word(bRow.get))),
      )),
    ),
  );

  const rowAt = (r: number) => i32.add(a.get, word(i32.add(i32.mul(i32.add(row.get, choose(i32.lt(i32.const(r), height.get), i32.const(r), i32.const(0))), aRow.get), i32.mul(from.get, aColumn.get))));
  const inner = seq(
    ...aAt.map((pointer, r) => pointer.set(rowAt(r))),
    both((r, half) => sum(r, half).set(f32x4.const(0))),
    packed.set(scratch.get),
    end.set(i32.add(scratch.get, i32.mul(steps.get, i32.const(columns * 4)))),
    repeat(seq(
      left.set(v128.load(packed.get)),
      right.set(v128.load(packed.get, 16)),
      ...aAt.map((pointer, r) => seq(
        value.set(v128.loadSplat(pointer.get)),
        sum(r, 0).set(f32x4.add(sum(r, 0).get, f32x4.mul(value.get, left.get))),
        sum(r, 1).set(f32x4.add(sum(r, 1).get, f32x4.mul(value.get, right.get))),
        pointer.set(i32.add(pointer.get, aStep.get)),
      )),
      packed.set(i32.add(packed.get, i32.const(columns * 4))),
    ), i32.ltUnsigned(packed.get, end.get)),
  );

  // A whole tile goes to c directly, one at the edge by way of the scratch, where reading and writing past c does no harm.
  const finish = (address: (r: number) => Code) => seq(
    when(i32.gt(from.get, i32.const(0)), both((r, half) => sum(r, half).set(f32x4.add(sum(r, half).get, v128.load(address(r), half * 16))))),
    when(relu.get, when(i32.ge(i32.add(from.get, steps.get), k.get), both((r, half) => sum(r, half).set(f32x4.max(sum(r, half).get, f32x4.const(0)))))),
    both((r, half) => v128.store(address(r), sum(r, half).get, half * 16)),
  );
  const cAt = i32.add(c.get, word(i32.add(i32.mul(row.get, n.get), column.get)));
  const copyTile = (write: boolean) => loop(step, i32.const(0), height.get, i32.const(1), seq(
    source.set(i32.add(tile.get, i32.mul(step.get, i32.const(columns * 4)))),
    packed.set(i32.add(target.get, word(i32.mul(step.get, n.get)))),
    loop(lane, i32.const(0), word(width.get), i32.const(4), write
      ? f32.store(i32.add(packed.get, lane.get), f32.load(i32.add(source.get, lane.get)))
      : f32.store(i32.add(source.get, lane.get), f32.load(i32.add(packed.get, lane.get)))),
  ));
  const addBias = when(bias.get, when(i32.eqz(from.get), seq(
    // Bias of the columns at the edge is packed like them: nothing is read past its end.
    when(eq(width.get, i32.const(columns)), seq(
      left.set(v128.load(i32.add(bias.get, word(column.get)))),
      right.set(v128.load(i32.add(bias.get, word(column.get)), 16)),
    ), seq(
      loop(lane, i32.const(0), word(width.get), i32.const(4), f32.store(i32.add(tile.get, lane.get), f32.load(i32.add(i32.add(bias.get, word(column.get)), lane.get)))),
      left.set(v128.load(tile.get)),
      right.set(v128.load(tile.get, 16)),
    )),
    both((r, half) => sum(r, half).set(f32x4.add(sum(r, half).get, (half ? right : left).get))),
  )));

  const body = seq(
    tile.set(i32.add(scratch.get, i32.const(depth * columns * 4))),
    aStep.set(word(aColumn.get)),
    loop(from, i32.const(0), k.get, i32.const(depth), seq(
      steps.set(smaller(i32.const(depth), i32.sub(k.get, from.get))),
      loop(column, i32.const(0), n.get, i32.const(columns), seq(
        width.set(smaller(i32.const(columns), i32.sub(n.get, column.get))),
        pack,
        loop(row, i32.const(0), m.get, i32.const(rows), seq(
          height.set(smaller(i32.const(rows), i32.sub(m.get, row.get))),
          inner,
          addBias,
          target.set(cAt),
          when(i32.and(eq(height.get, i32.const(rows)), eq(width.get, i32.const(columns))),
            finish((r) => i32.add(target.get, i32.mul(word(n.get), i32.const(r)))),
            seq(when(i32.gt(from.get, i32.const(0)), copyTile(false)), finish((r) => i32.add(tile.get, i32.const(r * columns * 4))), copyTile(true)),
          ),
        )),
      )),
    )),
  );
  return { func, body };
}

type Thirteen = [Local, Local, Local, Local, Local, Local, Local, Local, Local, Local, Local, Local, Local];

function eq(left: Code, right: Code): Code {
  return i32.eqz(i32.sub(left, right));
}

function smaller(left: Code, right: Code): Code {
  return choose(i32.lt(left, right), left, right);
}
