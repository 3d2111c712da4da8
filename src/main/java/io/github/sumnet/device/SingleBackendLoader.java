package io.github.sumnet.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * A class loader through which the ServiceLoader sees one ND4J backend: it hides every
 * META-INF/services/org.nd4j.linalg.factory.Nd4jBackend that does not name that backend's class.
 * Everything else comes from the parent unchanged, classes too.
 */
final class SingleBackendLoader extends ClassLoader {
  static final String SERVICE = "META-INF/services/org.nd4j.linalg.factory.Nd4jBackend";

  private final String backendClass;

  SingleBackendLoader(ClassLoader parent, String backendClass) {
    super(parent);
    this.backendClass = backendClass;
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    Enumeration<URL> all = super.getResources(name);
    if (!name.equals(SERVICE)) {
      return all;
    }
    List<URL> kept = Collections.list(all).stream().filter(this::namesTheBackend).toList();
    return Collections.enumeration(kept);
  }

  private boolean namesTheBackend(URL serviceFile) {
    try {
      URLConnection connection = serviceFile.openConnection();
      connection.setUseCaches(false);
      try (InputStream in = connection.getInputStream()) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .anyMatch(line -> line.strip().equals(backendClass));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + serviceFile, unreadable);
    }
  }
}
