package io.github.sumnet.train.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;

/**
 * Reads TFRecord files of events. It shares nothing with what writes them: the messages are
 * TensorFlow's own classes, the checksum is computed bit by bit.
 */
public final class TensorFlowRecords {
  private TensorFlowRecords() {}

  /** All events of a file; every checksum must be right. */
  public static List<Event> events(Path file) throws IOException {
    assertThat(checksum("123456789".getBytes(StandardCharsets.US_ASCII)))
        .as("the check value of CRC-32C")
        .isEqualTo(0xE3069283);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Event> events = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] length = take(bytes, 8);
      assertThat(bytes.getInt()).isEqualTo(masked(length));
      byte[] data =
          take(bytes, (int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong());
      assertThat(bytes.getInt()).isEqualTo(masked(data));
      events.add(Event.parseFrom(data));
    }
    return events;
  }

  /** An event's values by their tags. */
  public static Map<String, Float> scalars(Event event) {
    Map<String, Float> scalars = new LinkedHashMap<>();
    for (Summary.Value value : event.getSummary().getValueList()) {
      scalars.put(value.getTag(), value.getSimpleValue());
    }
    return scalars;
  }

  private static byte[] take(ByteBuffer from, int count) {
    byte[] taken = new byte[count];
    from.get(taken);
    return taken;
  }

  private static int masked(byte[] data) {
    int checksum = checksum(data);
    return ((checksum >>> 15) | (checksum << 17)) + 0xa282ead8;
  }

  private static int checksum(byte[] data) {
    int remainder = ~0;
    for (byte b : data) {
      remainder ^= b & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        remainder = (remainder >>> 1) ^ ((remainder & 1) * 0x82F63B78);
      }
    }
    return ~remainder;
  }
}
