package io.github.sumnet.engine;

import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;

/** What {@link Dl4jModel#write} writes, as other DL4J programs see it. */
final class ModelFile {
  private ModelFile() {}

  static byte[] written(Dl4jModel model) throws IOException {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    model.write(zip);
    return zip.toByteArray();
  }

  /** Opens the model with nothing but DL4J. */
  static MultiLayerNetwork opened(Dl4jModel model, Path folder) throws IOException {
    Path file = Files.write(Files.createTempFile(folder, "model", ".zip"), written(model));
    return ModelSerializer.restoreMultiLayerNetwork(file.toFile(), true);
  }

  /** The contents of the zip's entries by their names. */
  static Map<String, byte[]> entries(byte[] zipped) throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(zipped))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    return entries;
  }

  static Weights weights(MultiLayerNetwork network, Topology topology) {
    return WeightLayout.unflatten(topology, network.params().toDoubleVector());
  }
}
