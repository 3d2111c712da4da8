package io.github.sumnet.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Reads arrays that ND4J wrote, without believing their headers: those say how much memory to
 * allocate. Two arrays of one shape and type differ in nothing but the numbers at the end, so the
 * bytes before them must be those of the array that is expected.
 */
final class SavedArray {
  private SavedArray() {}

  /**
   * Reads an array of the same shape and type as another.
   *
   * @param what the array's name for messages
   * @throws IllegalArgumentException if it is of another shape or type, or damaged
   */
  static INDArray read(byte[] saved, INDArray like, String what) {
    byte[] expected = write(like);
    int header = expected.length - Math.toIntExact(like.length() * like.dataType().width());
    int order = order(expected);
    if (like.rank() == 1 && saved.length > order && "cf".indexOf(saved[order]) >= 0) {
      // ND4J gives all vectors of a length the order of the first that was made of them: for a
      // vector it means nothing.
      expected[order] = saved[order];
    }
    if (saved.length != expected.length || !Arrays.equals(saved, 0, header, expected, 0, header)) {
      throw new IllegalArgumentException(
          what + " are not " + like.length() + " numbers of type " + like.dataType());
    }
    return Nd4j.read(new DataInputStream(new ByteArrayInputStream(saved)));
  }

  /** Where an array's order is: in the last byte of its description, which comes first. */
  private static int order(byte[] written) {
    ByteArrayInputStream bytes = new ByteArrayInputStream(written);
    try (DataInputStream in = new DataInputStream(bytes)) {
      in.readUTF();
      long length = in.readLong();
      in.readUTF();
      return Math.toIntExact(written.length - bytes.available() + Long.BYTES * length - 1);
    } catch (IOException impossible) {
      throw new AssertionError("reading from memory failed", impossible);
    }
  }

  private static byte[] write(INDArray array) {
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes)) {
      Nd4j.write(array, out);
      out.flush();
      return bytes.toByteArray();
    } catch (IOException impossible) {
      throw new AssertionError("writing to memory failed", impossible);
    }
  }
}
