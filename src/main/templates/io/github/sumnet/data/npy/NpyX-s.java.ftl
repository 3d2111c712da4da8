<#include "/types.ftl">
<@twinClasses>
package io.github.sumnet.data.npy;

import io.github.sumnet.data.${Other}Batch;
import io.github.sumnet.data.${Type}Batch;
import io.github.sumnet.data.${Type}Rows;
import io.github.sumnet.data.Batch;
import io.github.sumnet.data.Rows;

import java.nio.ByteBuffer;
import java.nio.${Type}Buffer;
import java.util.Arrays;

/** The numbers of a file of type float${bytes * 8}. */
final class Npy${Type}s extends NpyNumbers {
  private final ${Type}Buffer[] segments;
  private final int perSegment;
  private final ThreadLocal<${type}[]> scratch;

  Npy${Type}s(ByteBuffer[] segments, int perSegment, int scratch) {
    this.segments =
        Arrays.stream(segments).map(ByteBuffer::as${Type}Buffer).toArray(${Type}Buffer[]::new);
    this.perSegment = perSegment;
    this.scratch = ThreadLocal.withInitial(() -> new ${type}[scratch]);
  }

  @Override
  void load(long first, int count) {
    copy(first, count, scratch.get(), 0);
  }

  @Override
  boolean copy(long first, int count, Rows into, int row) {
    if (into instanceof ${Type}Rows rows) {
      copy(first, count, rows.numbers(), NpyHeader.COLUMNS * row);
      return true;
    }
    return false;
  }

  private void copy(long first, int count, ${type}[] into, int at) {
    int done = 0;
    while (done < count) {
      ${Type}Buffer segment = segments[(int) ((first + done) / perSegment)];
      int from = (int) ((first + done) % perSegment);
      int length = Math.min(count - done, perSegment - from);
      segment.get(from, into, at + done, length);
      done += length;
    }
  }

  @Override
  void storeRows(int rows, Batch into, int at) {
    ${type}[] numbers = scratch.get();
    if (into instanceof ${Type}Batch batch) {
      separate(numbers, rows, batch.x1Column(), batch.x2Column(), batch.yColumn(), at);
    } else if (into instanceof ${Other}Batch batch) {
      separate(numbers, rows, batch.x1Column(), batch.x2Column(), batch.yColumn(), at);
    }
  }

<#list [type, other] as target>
<#assign cast = (target == "float" && type == "double")?then("(float) ", "")>
  private static void separate(
      ${type}[] numbers, int rows, ${target}[] x1, ${target}[] x2, ${target}[] y, int at) {
    for (int i = 0; i < rows; i++) {
      x1[at + i] = ${cast}numbers[3 * i];
      x2[at + i] = ${cast}numbers[3 * i + 1];
      y[at + i] = ${cast}numbers[3 * i + 2];
    }
  }

</#list>
  @Override
  void storeColumn(int rows, Batch into, int column, int at) {
    ${type}[] numbers = scratch.get();
    if (into instanceof ${Type}Batch batch) {
      System.arraycopy(numbers, 0, batch.column(column), at, rows);
    } else if (into instanceof ${Other}Batch batch) {
      ${other}[] to = batch.column(column);
      for (int i = 0; i < rows; i++) {
        to[at + i] = ${(other == "float")?then("(float) ", "")}numbers[i];
      }
    }
  }
}
</@twinClasses>
