package io.github.sumnet.gradcheck.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.data.DataException;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.gradcheck.ModelCheck;
import io.github.sumnet.gradcheck.design.Design;
import io.github.sumnet.gradcheck.design.ModelDesigns;
import io.github.sumnet.gradcheck.fault.Cause;
import io.github.sumnet.gradcheck.fault.Fault;
import io.github.sumnet.gradcheck.step.Confirmation;
import io.github.sumnet.gradcheck.step.Evidence;
import io.github.sumnet.gradcheck.step.RoundedSubject;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.step.Subject;
import io.github.sumnet.gradcheck.verdict.Judge;
import io.github.sumnet.gradcheck.verdict.StageResult;
import io.github.sumnet.gradcheck.verdict.Verdict;
import io.github.sumnet.network.Activation;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.DenseNetwork.Layer;
import io.github.sumnet.network.Loss;
import io.github.sumnet.network.Precision;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;

class ModelCheckTest {
  private static final int TRIALS = Integer.getInteger("model.trials", 1);

  @BeforeAll
  static void bind_to_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  /** Every activation with every loss that takes it, 1 to 4 layers, with biases and without. */
  static List<DenseNetwork> networks() {
    List<DenseNetwork> networks = new ArrayList<>();
    for (Activation hidden : Activation.values()) {
      if (hidden == Activation.SOFTMAX) {
        continue;
      }
      for (int depth = 1; depth <= 4; depth++) {
        boolean bias = depth % 2 == 0;
        networks.add(
            network(hidden, depth, bias, new Layer(1, hidden, bias), Loss.MEAN_SQUARED_ERROR));
        if (depth == 2) {
          Layer sigmoid = new Layer(2, Activation.SIGMOID, !bias);
          networks.add(network(hidden, depth, !bias, sigmoid, Loss.BINARY_CROSS_ENTROPY));
          networks.add(network(hidden, 3, bias, sigmoid, Loss.BINARY_CROSS_ENTROPY));
          Layer softmax = new Layer(3, Activation.SOFTMAX, bias);
          networks.add(network(hidden, depth, bias, softmax, Loss.CROSS_ENTROPY));
          networks.add(network(hidden, 3, !bias, softmax, Loss.MEAN_SQUARED_ERROR));
        }
      }
    }
    return networks;
  }

  private static DenseNetwork network(
      Activation hidden, int depth, boolean bias, Layer output, Loss loss) {
    List<Layer> layers = new ArrayList<>();
    for (int layer = 1; layer < depth; layer++) {
      layers.add(new Layer(5 - layer, hidden, bias));
    }
    layers.add(output);
    return new DenseNetwork(3, layers, loss);
  }

  @Test
  void the_matrix_has_more_than_forty_networks() {
    assertThat(networks()).hasSizeGreaterThan(40).doesNotHaveDuplicates();
  }

  @Tag("campaign")
  @ParameterizedTest
  @MethodSource("networks")
  void an_independent_derivative_confirms_the_truth(DenseNetwork network)
      throws InterruptedException {
    Judge judge = new Judge(Precision.DOUBLE, Device.CPU);
    Subject textbook = new RoundedSubject(network, Precision.DOUBLE);
    Evidence evidence =
        judge.watch(ModelDesigns.of(network, Precision.DOUBLE, null, 5).get(0), textbook).get(0);
    Confirmation confirmation = Confirmation.of(evidence);
    assertThat(confirmation.contradicted()).isZero();
    assertThat(confirmation.confirmed()).isEqualTo(network.parameters());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void neither_dl4j_nor_the_textbook_raises_a_false_alarm(DenseNetwork network)
      throws InterruptedException {
    for (Precision precision : Precision.values()) {
      Random random = new Random(network.hashCode());
      List<Design> designs =
          Stream.generate(() -> ModelDesigns.random(network, precision, random))
              .limit(TRIALS)
              .toList();
      // Both are judged by the same truths, which are the costly part.
      Judge judge = new Judge(precision, Device.CPU, designs);
      try (ModelSubject dl4j = new ModelSubject(DenseModels.create(network, precision, 1))) {
        assertThat(dl4j.network()).isEqualTo(network);
        for (Design design : designs) {
          for (Subject subject : List.of(dl4j, new RoundedSubject(network, precision))) {
            List<StageResult> stages = judge.judge(design, subject).stages();
            Stage.Kind wrong =
                stages.stream()
                    .filter(StageResult::isWrong)
                    .map(stage -> stage.stage().kind())
                    .findFirst()
                    .orElse(null);
            // In double DL4J's derivative of a leaky ReLU is the float next to 0.01.
            boolean known = subject == dl4j && precision == Precision.DOUBLE && isLeaky(network);
            assertThat(wrong)
                .as("%s in %s, %s", network, precision, subject.getClass().getSimpleName())
                .isIn(known ? Arrays.asList(null, Stage.Kind.DELTA) : Arrays.asList((Object) null));
          }
        }
      }
    }
  }

  private static boolean isLeaky(DenseNetwork network) {
    return network.layers().stream().anyMatch(layer -> layer.activation() == Activation.LEAKY_RELU);
  }

  @Test
  void dl4j_s_leaky_relu_has_a_derivative_of_float_precision_in_double()
      throws InterruptedException {
    DenseNetwork network =
        network(
            Activation.LEAKY_RELU,
            2,
            true,
            new Layer(1, Activation.IDENTITY, true),
            Loss.MEAN_SQUARED_ERROR);
    ModelCheck inDouble =
        ModelCheck.run(DenseModels.create(network, Precision.DOUBLE, 1), "leaky", 1);
    assertThat(inDouble.failure().orElseThrow().stage()).isEqualTo(Stage.delta(1));
    ModelCheck inFloat =
        ModelCheck.run(DenseModels.create(network, Precision.FLOAT, 1), "leaky", 1);
    assertThat(inFloat.verdict()).isEqualTo(Verdict.PASS);
  }

  static Stream<DenseNetwork> deepNetworks() {
    return networks().stream().filter(network -> network.depth() > 1);
  }

  @Tag("campaign")
  @ParameterizedTest
  @MethodSource("deepNetworks")
  void planted_faults_are_caught_in_their_stage(DenseNetwork network) throws InterruptedException {
    int planted = 0;
    List<String> missed = new ArrayList<>();
    for (Fault fault : Fault.values()) {
      if (FAULTS.contains(fault.cause()) && fault.fits(network, Precision.DOUBLE)) {
        ModelCheck check = ModelCheck.ofFault(fault, network, Precision.DOUBLE, 3);
        planted++;
        if (!check.failure().map(f -> f.stage().equals(fault.stage(network))).orElse(false)) {
          missed.add(fault.toString());
        }
      }
    }
    assertThat(missed).isEmpty();
    assertThat(planted).isGreaterThanOrEqualTo(12);
  }

  /** Faults that show in small batches of ordinary numbers. */
  private static final List<Cause> FAULTS =
      List.of(
          Cause.WRONG_SIGN,
          Cause.DOUBLED,
          Cause.HALVED,
          Cause.NOT_DIVIDED,
          Cause.STALE_BATCH_SIZE,
          Cause.SAMPLE_LEFT_OUT,
          Cause.SAMPLE_TWICE,
          Cause.CONSTANT_FACTOR,
          Cause.BIAS,
          Cause.MOMENTUM,
          Cause.ACCUMULATED,
          Cause.RATE_TWICE,
          Cause.WEIGHT_DECAY,
          Cause.DIVIDED_BY_ONE_LESS,
          Cause.ALL_ZERO);

  @Test
  void a_model_zip_of_a_plain_program_is_judged(@TempDir Path folder)
      throws IOException, InterruptedException {
    MultiLayerNetwork model =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .updater(new Adam(0.01))
                .list()
                .layer(
                    new DenseLayer.Builder()
                        .nIn(4)
                        .nOut(6)
                        .activation(new ActivationTanH())
                        .build())
                .layer(
                    new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                        .nOut(3)
                        .activation(org.nd4j.linalg.activations.Activation.SOFTMAX)
                        .build())
                .setInputType(org.deeplearning4j.nn.conf.inputs.InputType.feedForward(4))
                .build());
    model.init();
    Random random = new Random(1);
    for (int step = 0; step < 20; step++) {
      INDArray x =
          Nd4j.createFromArray(random.doubles(32).toArray())
              .reshape(8, 4)
              .castTo(model.params().dataType());
      INDArray y = Nd4j.zeros(x.dataType(), 8, 3);
      for (int i = 0; i < 8; i++) {
        y.putScalar(i, random.nextInt(3), 1);
      }
      model.fit(x, y);
    }
    File zip = folder.resolve("model.zip").toFile();
    model.save(zip, true);
    ModelCheck check = ModelCheck.run(DenseModels.read(zip), "model.zip", 42);
    assertThat(check.network()).hasToString("4-6-3");
    assertThat(check.verdict()).isEqualTo(Verdict.PASS);
    assertThat(check.worstErrorOverBound()).isBetween(0.01, 1.0);
  }

  /** A custom tanh whose gradient lacks a factor, as a user may have written it. */
  public static final class WrongTanh extends ActivationTanH {
    @Override
    public Pair<INDArray, INDArray> backprop(INDArray in, INDArray epsilon) {
      Pair<INDArray, INDArray> right = super.backprop(in, epsilon);
      return new Pair<>(right.getFirst().mul(0.5), right.getSecond());
    }
  }

  @Test
  void a_wrong_custom_activation_gradient_fails_with_its_layer() throws InterruptedException {
    MultiLayerNetwork model =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(
                    new DenseLayer.Builder()
                        .nIn(2)
                        .nOut(3)
                        .activation(new ActivationTanH())
                        .build())
                .layer(new DenseLayer.Builder().nIn(3).nOut(4).activation(new WrongTanh()).build())
                .layer(
                    new OutputLayer.Builder(LossFunctions.LossFunction.MSE)
                        .nIn(4)
                        .nOut(2)
                        .activation(org.nd4j.linalg.activations.Activation.IDENTITY)
                        .build())
                .build());
    model.init();
    ModelCheck check = ModelCheck.run(model, "custom", 42);
    assertThat(check.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(check.failure().orElseThrow().stage()).isEqualTo(Stage.delta(2));
    assertThat(check.failure().orElseThrow().suspicion().cause()).isEqualTo(Cause.HALVED);
  }

  @Test
  void what_is_no_dense_layer_is_named() {
    MultiLayerNetwork model =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(new DenseLayer.Builder().nIn(2).nOut(3).dropOut(0.5).build())
                .layer(
                    new OutputLayer.Builder(LossFunctions.LossFunction.MSE)
                        .nIn(3)
                        .nOut(1)
                        .activation(org.nd4j.linalg.activations.Activation.IDENTITY)
                        .build())
                .build());
    model.init();
    assertThatThrownBy(() -> DenseModels.describe(model))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessageContaining("layer 1 has dropout");
  }

  @Test
  void what_is_no_model_is_bad_data(@TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("model.zip"), "no zip");
    assertThatThrownBy(() -> DenseModels.read(text.toFile()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("is no model zip of Deeplearning4j's");
  }

  @Test
  void parameters_keep_their_order_there_and_back() {
    DenseNetwork network =
        new DenseNetwork(
            2,
            List.of(new Layer(3, Activation.TANH, true), new Layer(2, Activation.IDENTITY, true)),
            Loss.MEAN_SQUARED_ERROR);
    try (ModelSubject subject =
        new ModelSubject(DenseModels.create(network, Precision.DOUBLE, 1))) {
      double[] numbers = new double[network.parameters()];
      Arrays.setAll(numbers, k -> k);
      subject.begin(numbers);
      assertThat(subject.parameters()).isEqualTo(numbers);
      assertThat(network.parameterName(4)).isEqualTo("W1[1,1]");
      assertThat(network.parameterName(7)).isEqualTo("b1[1]");
    }
  }
}
