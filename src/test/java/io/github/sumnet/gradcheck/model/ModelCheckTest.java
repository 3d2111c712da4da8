package io.github.sumnet.gradcheck.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.data.DataException;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.gradcheck.CheckedModel;
import io.github.sumnet.gradcheck.CheckedNetwork;
import io.github.sumnet.gradcheck.GradientCheck;
import io.github.sumnet.gradcheck.GradientReport;
import io.github.sumnet.gradcheck.MutantResult;
import io.github.sumnet.gradcheck.SelfTest;
import io.github.sumnet.gradcheck.design.Design;
import io.github.sumnet.gradcheck.design.Form;
import io.github.sumnet.gradcheck.design.ModelDesigns;
import io.github.sumnet.gradcheck.fault.Cause;
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
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.buffer.util.DataTypeUtil;
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

  private static CheckedNetwork checked(MultiLayerNetwork model) {
    return CheckedModel.of(model, "model", List.of(), List.of());
  }

  private static GradientReport check(MultiLayerNetwork model) throws InterruptedException {
    return GradientCheck.run(checked(model), Form.FULL, 42);
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
        judge.watch(ModelDesigns.random(network, Precision.DOUBLE, new Random(5)), textbook).get(0);
    Confirmation confirmation = Confirmation.of(evidence);
    assertThat(confirmation.contradicted()).isZero();
    assertThat(confirmation.confirmed()).isEqualTo(network.parameters());
  }

  @Tag("campaign")
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
    GradientReport inDouble = check(DenseModels.create(network, Precision.DOUBLE, 1));
    assertThat(inDouble.failure().orElseThrow().stage()).isEqualTo(Stage.delta(1));
    GradientReport inFloat = check(DenseModels.create(network, Precision.FLOAT, 1));
    assertThat(inFloat.verdict()).isEqualTo(Verdict.PASS);
  }

  static Stream<DenseNetwork> deepNetworks() {
    return networks().stream().filter(network -> network.depth() > 1);
  }

  @Tag("campaign")
  @ParameterizedTest
  @MethodSource("deepNetworks")
  void planted_faults_are_caught_in_their_stage(DenseNetwork network) throws InterruptedException {
    List<MutantResult> results =
        SelfTest.plantAll(List.of(checked(DenseModels.create(network, Precision.DOUBLE, 1))), 3);
    assertThat(results)
        .hasSizeGreaterThanOrEqualTo(12)
        .filteredOn(result -> !result.stageIsRight())
        .isEmpty();
  }

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
    GradientReport check = check(DenseModels.read(zip));
    assertThat(check.subject().description()).isEqualTo("4-6-3: tanh, softmax; mcxent");
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
    GradientReport check = check(model);
    assertThat(check.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(check.failure().orElseThrow().stage()).isEqualTo(Stage.delta(2));
    assertThat(check.failure().orElseThrow().suspicion().cause()).isEqualTo(Cause.HALVED);
  }

  static Map<String, Consumer<DenseLayer.Builder>> unsupported() {
    return Map.of(
        "dropout", layer -> layer.dropOut(0.5),
        "a regularization of its weights", layer -> layer.l2(0.1),
        "a regularization of its biases", layer -> layer.l1Bias(0.1),
        "constraints", layer -> layer.constrainWeights(new MaxNormConstraint(1, 1)),
        "noise on its weights", layer -> layer.weightNoise(new DropConnect(0.5)),
        "a layer norm", layer -> layer.hasLayerNorm(true),
        "a gradient normalization",
            layer ->
                layer.gradientNormalization(GradientNormalization.ClipElementWiseAbsoluteValue));
  }

  static Stream<String> settings() {
    return unsupported().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("settings")
  void what_changes_the_gradient_besides_backpropagation_is_named(String setting) {
    DenseLayer.Builder layer = new DenseLayer.Builder().nIn(2).nOut(3);
    unsupported().get(setting).accept(layer);
    assertThatThrownBy(() -> checked(model(new NeuralNetConfiguration.Builder(), layer)))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessageContaining("layer 1 has " + setting);
  }

  @Test
  void sums_for_means_and_other_optimizers_are_named() {
    DenseLayer.Builder layer = new DenseLayer.Builder().nIn(2).nOut(3);
    assertThatThrownBy(
            () -> checked(model(new NeuralNetConfiguration.Builder().miniBatch(false), layer)))
        .hasMessageContaining("sums for means");
    assertThatThrownBy(
            () -> checked(model(new NeuralNetConfiguration.Builder().minimize(false), layer)))
        .hasMessageContaining("minimize false");
    assertThatThrownBy(
            () ->
                checked(
                    model(
                        new NeuralNetConfiguration.Builder()
                            .optimizationAlgo(OptimizationAlgorithm.LBFGS),
                        layer)))
        .hasMessageContaining("LBFGS");
  }

  private static MultiLayerNetwork model(
      NeuralNetConfiguration.Builder configuration, DenseLayer.Builder layer) {
    MultiLayerNetwork model =
        new MultiLayerNetwork(
            configuration
                .list()
                .layer(layer.build())
                .layer(
                    new OutputLayer.Builder(LossFunctions.LossFunction.MSE)
                        .nIn(3)
                        .nOut(1)
                        .activation(org.nd4j.linalg.activations.Activation.IDENTITY)
                        .build())
                .build());
    model.init();
    return model;
  }

  /**
   * DL4J's own check, which compares with central differences at a tolerance of 1e-3, accepts all
   * of them; so it does not see that a leaky ReLU's derivative is off by 2.2e-8 of itself.
   */
  @Tag("campaign")
  @ParameterizedTest
  @MethodSource("networks")
  void dl4j_s_own_check_accepts_what_this_one_does(DenseNetwork network)
      throws InterruptedException {
    MultiLayerNetwork model = DenseModels.create(network, Precision.DOUBLE, 1);
    GradientReport ours = check(model);
    Design design = checked(model).designs(Form.FULL, 42).get(5);
    List<double[]> rows = design.steps().get(0).rows();
    DataType former = DataTypeUtil.getDtypeFromContext();
    DataTypeUtil.setDTypeForContext(DataType.DOUBLE);
    try {
      boolean theirs =
          GradientCheckUtil.checkGradients(
              new GradientCheckUtil.MLNConfig()
                  .net(model)
                  .input(columns(rows, 0, network.inputs()))
                  .labels(columns(rows, network.inputs(), network.outputs())));
      assertThat(theirs).isTrue();
    } finally {
      DataTypeUtil.setDTypeForContext(former);
    }
    assertThat(ours.verdict()).isEqualTo(isLeaky(network) ? Verdict.FAIL : Verdict.PASS);
  }

  private static INDArray columns(List<double[]> rows, int from, int count) {
    return Nd4j.createFromArray(
        rows.stream()
            .map(row -> Arrays.copyOfRange(row, from, from + count))
            .toArray(double[][]::new));
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
