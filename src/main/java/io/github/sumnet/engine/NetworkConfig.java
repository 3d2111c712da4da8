package io.github.sumnet.engine;

import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.schedule.CycleSchedule;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.InverseSchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.SigmoidSchedule;
import org.nd4j.linalg.schedule.StepSchedule;

/** The network's definition in Deeplearning4j's terms. */
public final class NetworkConfig {
  /** DL4J's mean squared error has no ½; weighting its one output with ½ gives ½(ŷ−y)² exactly. */
  private static final double HALF = 0.5;

  private NetworkConfig() {}

  static MultiLayerConfiguration of(Topology topology, Precision precision, UpdaterConfig updater) {
    DataType type = dataType(precision);
    return new NeuralNetConfiguration.Builder()
        .dataType(type)
        .updater(updater(updater))
        .list()
        .layer(
            new DenseLayer.Builder()
                .nIn(Topology.INPUTS)
                .nOut(topology.hidden())
                .activation(Activation.SIGMOID)
                .hasBias(false)
                .build())
        .layer(
            new OutputLayer.Builder(new LossMSE(Nd4j.createFromArray(HALF).castTo(type)))
                .nIn(topology.hidden())
                .nOut(1)
                .activation(Activation.SIGMOID)
                .hasBias(false)
                .build())
        .build();
  }

  /** ND4J's name of a precision. */
  public static DataType dataType(Precision precision) {
    return switch (precision) {
      case FLOAT -> DataType.FLOAT;
      case DOUBLE -> DataType.DOUBLE;
    };
  }

  static IUpdater updater(UpdaterConfig config) {
    ISchedule rate = schedule(config.learningRate(), config.schedule());
    return switch (config.kind()) {
      case SGD -> Sgd.builder().learningRateSchedule(rate).build();
      case NESTEROVS -> Nesterovs.builder().learningRateSchedule(rate).build();
      case ADAM -> Adam.builder().learningRateSchedule(rate).build();
    };
  }

  private static ISchedule schedule(double rate, Schedule schedule) {
    ScheduleType type = schedule.perEpoch() ? ScheduleType.EPOCH : ScheduleType.ITERATION;
    return switch (schedule.kind()) {
      case CONSTANT -> new FixedSchedule(rate);
      case EXPONENTIAL -> new ExponentialSchedule(type, rate, schedule.argument(0));
      case INVERSE -> new InverseSchedule(type, rate, schedule.argument(0), schedule.argument(1));
      case SIGMOID -> new SigmoidSchedule(type, rate, schedule.argument(0), schedule.count(1));
      case STEP -> new StepSchedule(type, rate, schedule.argument(0), schedule.count(1));
      case CYCLE -> cycle(type, rate, schedule.argument(0), schedule.count(1));
      case MAP -> new MapSchedule(type, rateByPosition(schedule));
    };
  }

  /**
   * Rise and fall must be equally long: ND4J multiplies the positions between the fall's end and
   * the annealing's begin by 1/decay.
   */
  private static ISchedule cycle(ScheduleType type, double rate, double largest, int length) {
    int rise = (length - Math.max(1, length / 10)) / 2;
    int annealingLength = length - 2 * rise;
    double annealingDecay = Math.pow(0.01, 1.0 / annealingLength);
    return new CycleSchedule(type, rate, largest, length, annealingLength, annealingDecay);
  }

  private static Map<Integer, Double> rateByPosition(Schedule schedule) {
    Map<Integer, Double> rates = new TreeMap<>();
    for (int i = 0; i < schedule.arguments().size(); i += 2) {
      rates.put(schedule.count(i), schedule.argument(i + 1));
    }
    return rates;
  }
}
