package io.github.sumnet.device;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the user asked for with {@code --device}.
 *
 * @param number which of the machine's OpenCL devices, from 0; empty where none was named
 */
public record DeviceRequest(Kind kind, OptionalInt number) {
  /** The engine's accelerator where it can be used, the CPU where it cannot. */
  public static final DeviceRequest AUTO = of(Kind.AUTO);

  public static final DeviceRequest CPU = of(Kind.CPU);

  /** CUDA; never falls back to the CPU. */
  public static final DeviceRequest CUDA = of(Kind.CUDA);

  /** OpenCL on a device that sumnet chooses; never falls back to the CPU. */
  public static final DeviceRequest OPENCL = of(Kind.OPENCL);

  /** What can be asked for. */
  public enum Kind {
    AUTO,
    CPU,
    CUDA,
    OPENCL;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Pattern FORM = Pattern.compile("([a-z]+)(?::([0-9]{1,9}))?");

  public DeviceRequest {
    if (number.isPresent() && (kind != Kind.OPENCL || number.getAsInt() < 0)) {
      throw new IllegalArgumentException("there is no device " + kind + ":" + number.getAsInt());
    }
  }

  private static DeviceRequest of(Kind kind) {
    return new DeviceRequest(kind, OptionalInt.empty());
  }

  /** The OpenCL device of a number; never falls back to another. */
  public static DeviceRequest openCl(int number) {
    return new DeviceRequest(Kind.OPENCL, OptionalInt.of(number));
  }

  /**
   * Parses what {@link #toString()} writes, in upper or lower case.
   *
   * @throws IllegalArgumentException if it is not of that form; the message says what is accepted
   */
  public static DeviceRequest parse(String text) {
    Matcher form = FORM.matcher(text.toLowerCase(Locale.ROOT));
    if (form.matches()) {
      Optional<Kind> kind =
          Arrays.stream(Kind.values()).filter(k -> k.toString().equals(form.group(1))).findFirst();
      if (kind.isPresent() && form.group(2) == null) {
        return of(kind.get());
      }
      if (kind.equals(Optional.of(Kind.OPENCL))) {
        return openCl(Integer.parseInt(form.group(2)));
      }
    }
    throw new IllegalArgumentException(
        "expected auto, cpu, cuda, opencl or opencl:N (N from 0, 'sumnet doctor' lists them), not '"
            + text
            + "'");
  }

  @Override
  public String toString() {
    return number.isPresent() ? kind + ":" + number.getAsInt() : kind.toString();
  }
}
