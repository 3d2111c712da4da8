package io.github.sumnet.spark;

import io.github.sumnet.engine.Engine;
import io.github.sumnet.train.RunPlan;
import io.github.sumnet.train.run.Cluster;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Apache Spark, as a service of the command line. */
public final class SparkCluster implements Cluster {
  /** How long a step waits while there is no executor. */
  static final String PATIENCE = "spark.sumnet.patience";

  private static final Pattern ON_THIS_MACHINE =
      Pattern.compile("local.*|spark://(127\\.0\\.0\\.1|localhost):\\d+");

  /** What ND4J and vectors need in an executor, as in scripts/sumnet; Spark adds what it needs. */
  private static final String JVM_OPTIONS =
      "-Dorg.bytedeco.javacpp.maxphysicalbytes=0 -Dorg.deeplearning4j.crash.reporting.enabled=false"
          + " -XX:ProfileMaturityPercentage=1";

  @Override
  public Engine engine(String master, Engine local, RunPlan plan, Consumer<String> notices) {
    SparkConf conf = configuration(master, local.spec().threads());
    JavaSparkContext context = new JavaSparkContext(conf);
    return new SparkEngine(context, local, Job.of(plan), notices);
  }

  /** What the properties of the JVM, or spark-submit, say goes before what is said here. */
  static SparkConf configuration(String master, int threads) {
    SparkConf conf = new SparkConf().setAppName("sumnet");
    conf.setIfMissing("spark.master", "local[" + threads + "]");
    if (master != null) {
      conf.setMaster(master);
    }
    conf.setIfMissing("spark.ui.enabled", "false");
    conf.setIfMissing("spark.executor.extraJavaOptions", JVM_OPTIONS);
    conf.setIfMissing(PATIENCE, "120s");
    if (ON_THIS_MACHINE.matcher(conf.get("spark.master")).matches()) {
      conf.setIfMissing("spark.driver.host", "127.0.0.1");
      conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
    }
    return conf;
  }
}
