package io.github.sumnet.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4jBackend;

class SingleBackendLoaderTest {
  private static final String CPU = "org.nd4j.linalg.cpu.nativecpu.CpuBackend";
  private static final String CUDA = "org.nd4j.linalg.jcublas.JCublasBackend";

  @TempDir Path folder;
  private ClassLoader bothBackends;

  @BeforeEach
  void put_both_backends_on_a_class_path() throws IOException {
    bothBackends = new URLClassLoader(new URL[] {jar("cpu", CPU), jar("cuda", CUDA)}, null);
  }

  private URL jar(String name, String backend) throws IOException {
    Path service = folder.resolve(name).resolve(SingleBackendLoader.SERVICE);
    Files.createDirectories(service.getParent());
    Files.writeString(service, "# licence\n\n" + backend + "\n");
    Files.writeString(folder.resolve(name).resolve("both.properties"), name);
    return folder.resolve(name).toUri().toURL();
  }

  @Test
  void with_the_cpu_selected_the_cuda_backend_cannot_be_found() throws IOException {
    assertThat(servicesSeen(CPU)).singleElement().asString().contains("/cpu/");
  }

  @Test
  void with_cuda_selected_the_cpu_backend_cannot_be_found() throws IOException {
    assertThat(servicesSeen(CUDA)).singleElement().asString().contains("/cuda/");
  }

  @Test
  void the_service_file_that_is_hidden_is_the_one_nd4j_reads() {
    assertThat(SingleBackendLoader.SERVICE)
        .isEqualTo("META-INF/services/" + Nd4jBackend.class.getName());
  }

  @Test
  void other_resources_stay_visible() throws IOException {
    SingleBackendLoader loader = new SingleBackendLoader(bothBackends, CPU);

    assertThat(Collections.list(loader.getResources("both.properties"))).hasSize(2);
  }

  @Test
  void classes_are_the_parent_s_own() throws ClassNotFoundException {
    ClassLoader parent = SingleBackendLoader.class.getClassLoader();

    assertThat(new SingleBackendLoader(parent, CPU).loadClass(Device.class.getName()))
        .isSameAs(Device.class);
  }

  private List<URL> servicesSeen(String backend) throws IOException {
    SingleBackendLoader loader = new SingleBackendLoader(bothBackends, backend);
    return Collections.list(loader.getResources(SingleBackendLoader.SERVICE));
  }
}
