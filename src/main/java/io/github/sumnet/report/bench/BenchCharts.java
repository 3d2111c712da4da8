package io.github.sumnet.report.bench;

import io.github.sumnet.bench.BenchEngine;
import io.github.sumnet.bench.BenchPlan;
import io.github.sumnet.bench.result.BenchResult;
import io.github.sumnet.bench.result.BenchRow;
import io.github.sumnet.bench.result.Job;
import io.github.sumnet.bench.statistics.MedianInterval;
import io.github.sumnet.device.Device;
import io.github.sumnet.network.Precision;
import io.github.sumnet.report.chart.Axis;
import io.github.sumnet.report.chart.Curve;
import io.github.sumnet.report.chart.LineChart;
import io.github.sumnet.report.chart.Palette;
import io.github.sumnet.report.chart.Picture;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A benchmark's rows on one network in one precision, as charts.
 *
 * @param precision the one that was asked for; the reference computes in double all the same
 */
public record BenchCharts(BenchResult result, Precision precision, int hidden) {
  /** The powers of ten between which jobs are drawn. */
  private static final int JOB_FROM = 5;

  private static final int JOB_TO = 12;

  /** One for every network and precision of the plan. */
  static List<BenchCharts> of(BenchResult result) {
    BenchPlan plan = result.plan();
    return plan.hidden().stream()
        .flatMap(
            hidden -> plan.precisions().stream().map(each -> new BenchCharts(result, each, hidden)))
        .toList();
  }

  /** The throughput of all of them: one large chart, or several smaller ones in one picture. */
  public static Picture picture(BenchResult result) {
    List<BenchCharts> networks = of(result);
    return networks.size() == 1
        ? networks.get(0).throughput().picture(900, 560)
        : Picture.grid(
            "Throughput",
            networks.stream().map(each -> each.throughput().picture(560, 540)).toList(),
            2);
  }

  /** Which network, such as 2-2-1, float. */
  private String network() {
    return "2-" + hidden + "-1, " + precision;
  }

  LineChart throughput() {
    List<Curve> curves =
        curves(
            (device, engine) ->
                measured()
                    .filter(row -> row.device() == device && row.engine() == engine)
                    .map(BenchCharts::rate)
                    .toList());
    return new LineChart(
        "Throughput, " + network() + (curves.isEmpty() ? ": nothing was measured" : ""),
        Axis.logarithmic("batch size"),
        Axis.logarithmic("samples per second"),
        curves);
  }

  LineChart jobs() {
    List<Long> samples =
        IntStream.rangeClosed(JOB_FROM * 2, JOB_TO * 2)
            .mapToObj(halfDecade -> Math.round(Math.pow(10, halfDecade / 2.0)))
            .toList();
    Map<List<Object>, List<Curve.Point>> times = new LinkedHashMap<>();
    for (Job job : Job.all(result.plan(), result.rows(), samples)) {
      if (job.precision() == precision && job.hidden() == hidden) {
        for (Job.Choice choice : job.choices()) {
          times
              .computeIfAbsent(
                  List.of(choice.device(), choice.engine()), curve -> new ArrayList<>())
              .add(new Curve.Point(job.samples(), choice.seconds()));
        }
      }
    }
    return new LineChart(
        "Time of a job, " + network(),
        Axis.logarithmic("samples"),
        Axis.logarithmic("seconds"),
        curves((device, engine) -> times.getOrDefault(List.of(device, engine), List.of())));
  }

  /** A curve for each engine on each device that has points. */
  private List<Curve> curves(BiFunction<Device, BenchEngine, List<Curve.Point>> pointsOf) {
    List<Curve> curves = new ArrayList<>();
    for (Device device : result.plan().devices()) {
      for (BenchEngine engine : result.plan().engines()) {
        List<Curve.Point> points = pointsOf.apply(device, engine);
        if (!points.isEmpty()) {
          curves.add(
              new Curve(
                  name(device, engine), points, color(engine), mark(device, engine), line(device)));
        }
      }
    }
    return curves;
  }

  /** By batch size, then in the order of devices and engines in the plan. */
  private Stream<BenchRow> measured() {
    return result.rows().stream()
        .filter(BenchRow::isMeasured)
        .filter(row -> row.hidden() == hidden)
        .filter(row -> row.precision() == row.engine().precision(precision))
        .sorted(
            Comparator.comparingInt(BenchRow::batchSize)
                .thenComparingInt(row -> result.plan().devices().indexOf(row.device()))
                .thenComparingInt(row -> result.plan().engines().indexOf(row.engine())));
  }

  private static Curve.Point rate(BenchRow row) {
    MedianInterval rate = row.samplesPerSecond();
    return rate.hasInterval()
        ? new Curve.Point(row.batchSize(), rate.median(), rate.low(), rate.high())
        : new Curve.Point(row.batchSize(), rate.median());
  }

  private String name(Device device, BenchEngine engine) {
    return engine
        + ", "
        + device
        + (engine.precision(precision) == precision ? "" : ", " + engine.precision(precision));
  }

  /** An engine has its colour, a device its kind of line, and both together a mark. */
  private static Palette color(BenchEngine engine) {
    return switch (engine) {
      case DL4J_FIT -> Palette.BLUE;
      case DL4J -> Palette.ORANGE;
      case FUSED -> Palette.PURPLE;
      case SPARK -> Palette.FAINT;
      case REFERENCE -> Palette.GREEN;
    };
  }

  private static Curve.Mark mark(Device device, BenchEngine engine) {
    boolean cpu = device == Device.CPU;
    return switch (engine) {
      case DL4J_FIT -> cpu ? Curve.Mark.CIRCLE : Curve.Mark.PLUS;
      case DL4J -> cpu ? Curve.Mark.SQUARE : Curve.Mark.CROSS;
      case FUSED -> cpu ? Curve.Mark.TRIANGLE : Curve.Mark.DOWN;
      case SPARK -> Curve.Mark.PLUS;
      case REFERENCE -> Curve.Mark.DIAMOND;
    };
  }

  private static Curve.Line line(Device device) {
    return switch (device) {
      case CPU -> Curve.Line.SOLID;
      case CUDA -> Curve.Line.DASHED;
      case OPENCL -> Curve.Line.DASH_DOTTED;
    };
  }
}
