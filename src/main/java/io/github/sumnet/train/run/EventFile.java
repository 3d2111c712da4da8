package io.github.sumnet.train.run;

import io.github.sumnet.train.Measurement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.nd4j.shade.protobuf.CodedOutputStream;

/**
 * A run's measurements as TensorBoard reads them: a TFRecord file of TensorFlow's {@code Event}
 * messages. A measurement is in the file as soon as it is added; what is not measured is left out.
 */
public final class EventFile implements AutoCloseable {
  /** Field numbers of tensorflow/core/util/event.proto and framework/summary.proto. */
  private static final int EVENT_WALL_TIME = 1;

  private static final int EVENT_STEP = 2;
  private static final int EVENT_FILE_VERSION = 3;
  private static final int EVENT_SUMMARY = 5;
  private static final int SUMMARY_VALUE = 1;
  private static final int VALUE_TAG = 1;
  private static final int VALUE_SIMPLE_VALUE = 2;

  private final Path file;
  private final FileChannel channel;
  private final Clock clock;

  /**
   * Begins a file in a run's folder. TensorBoard looks for its name's beginning, and sorts by the
   * seconds in it.
   */
  public EventFile(Path runFolder, Clock clock) throws IOException {
    this.clock = clock;
    file =
        runFolder.resolve(
            String.format(
                Locale.ROOT, "events.out.tfevents.%010d.sumnet", clock.instant().getEpochSecond()));
    channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    write(message -> message.writeString(EVENT_FILE_VERSION, "brain.Event:2"));
  }

  /** The file that is written. */
  public Path file() {
    return file;
  }

  /** Appends an event. A full disk ends in an {@link UncheckedIOException} that names the file. */
  public void add(Measurement m) {
    write(
        event -> {
          event.writeInt64(EVENT_STEP, m.step());
          event.writeByteArray(EVENT_SUMMARY, bytes(summary -> writeValues(summary, m)));
        });
  }

  private static void writeValues(CodedOutputStream summary, Measurement m) throws IOException {
    writeValue(summary, "loss", m.loss());
    writeValue(summary, "heldOutLoss", m.heldOutLoss());
    writeValue(summary, "learningRate", m.learningRate());
    writeValue(summary, "samplesPerSecond", m.samplesPerSecond());
  }

  private static void writeValue(CodedOutputStream summary, String tag, double value)
      throws IOException {
    if (!Double.isNaN(value)) {
      summary.writeByteArray(
          SUMMARY_VALUE,
          bytes(
              message -> {
                message.writeString(VALUE_TAG, tag);
                message.writeFloat(VALUE_SIMPLE_VALUE, (float) value);
              }));
    }
  }

  private void write(Fields event) {
    Instant now = clock.instant();
    try {
      byte[] data =
          bytes(
              message -> {
                message.writeDouble(EVENT_WALL_TIME, now.getEpochSecond() + now.getNano() / 1e9);
                event.write(message);
              });
      ByteBuffer record = record(data);
      while (record.hasRemaining()) {
        channel.write(record);
      }
    } catch (IOException full) {
      throw new UncheckedIOException(file + ": " + full.getMessage(), full);
    }
  }

  /** The data's length, that length's checksum, the data, the data's checksum. */
  private static ByteBuffer record(byte[] data) {
    ByteBuffer record = ByteBuffer.allocate(16 + data.length).order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(data.length);
    record.putInt(maskedChecksum(record.array(), 8));
    record.put(data);
    record.putInt(maskedChecksum(data, data.length));
    return record.flip();
  }

  /** TFRecord's: CRC-32C turned right by 15 bits, plus a constant. */
  private static int maskedChecksum(byte[] bytes, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return Integer.rotateRight((int) checksum.getValue(), 15) + 0xa282ead8;
  }

  private interface Fields {
    void write(CodedOutputStream message) throws IOException;
  }

  private static byte[] bytes(Fields fields) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream message = CodedOutputStream.newInstance(bytes, 64);
    fields.write(message);
    message.flush();
    return bytes.toByteArray();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
