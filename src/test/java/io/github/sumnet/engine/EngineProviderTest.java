package io.github.sumnet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.device.Device;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Collections;
import java.util.Enumeration;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EngineProviderTest {
  static Stream<EngineSpec> specifications() {
    return Stream.of(EngineType.values())
        .flatMap(
            type ->
                Stream.of(Device.values())
                    .filter(type::runsOn)
                    .map(device -> specification(type, device)));
  }

  private static EngineSpec specification(EngineType type, Device device) {
    return new EngineSpec(
        type, device, Precision.DOUBLE, Topology.DEFAULT, UpdaterConfig.sgd(1), 1);
  }

  /** If there were two, the order on the class path would choose the engine. */
  @ParameterizedTest
  @MethodSource("specifications")
  void what_can_be_asked_for_is_made_by_one_provider(EngineSpec spec) {
    assertThat(ServiceLoader.load(EngineProvider.class))
        .filteredOn(provider -> provider.makes(spec))
        .singleElement()
        .hasSameClassAs(EngineProvider.of(spec));
  }

  @Test
  void without_a_provider_it_is_said_what_is_missing() throws Exception {
    EngineSpec spec = specification(EngineType.FUSED, Device.OPENCL);
    URL classes = EngineProvider.class.getProtectionDomain().getCodeSource().getLocation();
    try (WithoutProviders loader = new WithoutProviders(classes)) {
      Method of =
          loader.loadClass(EngineProvider.class.getName()).getMethod("of", EngineSpec.class);
      assertThatThrownBy(() -> of.invoke(null, spec))
          .cause()
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("no engine fused for opencl:0 is on the class path");
    }
  }

  /** The contract from a class path that has none of its implementations. */
  private static final class WithoutProviders extends URLClassLoader {
    WithoutProviders(URL classes) {
      super(new URL[] {classes}, EngineProvider.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      return name.equals(EngineProvider.class.getName())
          ? findClass(name)
          : super.loadClass(name, resolve);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      return name.endsWith(EngineProvider.class.getName())
          ? Collections.emptyEnumeration()
          : super.getResources(name);
    }
  }
}
