package io.github.sumnet.data.file;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Properties as text, read and written without the date that Java puts into them. */
public final class PropertiesText {
  private PropertiesText() {}

  /**
   * Reads properties, sorted by name.
   *
   * @throws IOException if they cannot be read, or are malformed
   */
  public static Map<String, String> read(Reader text) throws IOException {
    Properties properties = new UniqueProperties();
    try {
      properties.load(text);
    } catch (IllegalArgumentException malformed) {
      throw new IOException(malformed.getMessage(), malformed);
    }
    Map<String, String> map = new TreeMap<>();
    properties.forEach((key, value) -> map.put((String) key, (String) value));
    return map;
  }

  /** One line a property, in the map's order. */
  public static String write(Map<String, String> map) {
    StringBuilder lines = new StringBuilder();
    map.forEach((key, value) -> lines.append(line(key, value)));
    return lines.toString();
  }

  /** Java's takes the last value of a key and says nothing. */
  private static final class UniqueProperties extends Properties {
    private static final long serialVersionUID = 1L;

    @Override
    public synchronized Object put(Object key, Object value) {
      if (containsKey(key)) {
        throw new IllegalArgumentException("'" + key + "' is there more than once");
      }
      return super.put(key, value);
    }
  }

  private static String line(String key, String value) {
    Properties one = new Properties();
    one.setProperty(key, value);
    StringWriter text = new StringWriter();
    try {
      one.store(text, null);
    } catch (IOException impossible) {
      throw new AssertionError("writing to memory failed", impossible);
    }
    return text.toString().lines().filter(line -> !line.startsWith("#")).findFirst().orElseThrow()
        + "\n";
  }
}
