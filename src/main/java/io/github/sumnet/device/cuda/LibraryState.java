package io.github.sumnet.device.cuda;

/**
 * Whether a native library can be loaded.
 *
 * @param detail where it is or why it cannot be loaded, in the dynamic linker's words; may be empty
 */
public record LibraryState(Status status, String detail) {
  /** The state of a library. */
  public enum Status {
    /** The dynamic linker finds it and loads it. */
    LOADABLE,
    /** A jar on the class path holds it. It was not unpacked to try. */
    PACKAGED,
    MISSING,
    /** It was not looked for, since without ND4J's CUDA backend it makes no difference. */
    NOT_EXAMINED
  }

  public static final LibraryState LOADABLE = new LibraryState(Status.LOADABLE, "");
  public static final LibraryState PACKAGED = new LibraryState(Status.PACKAGED, "");
  public static final LibraryState NOT_EXAMINED = new LibraryState(Status.NOT_EXAMINED, "");

  public static LibraryState missing(String detail) {
    return new LibraryState(Status.MISSING, detail);
  }

  public boolean isMissing() {
    return status == Status.MISSING;
  }

  /** Whether a program that needs the library will get it. */
  public boolean isThere() {
    return status == Status.LOADABLE || status == Status.PACKAGED;
  }
}
