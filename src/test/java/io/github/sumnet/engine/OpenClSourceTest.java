package io.github.sumnet.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kernels' source by OpenCL C's rules, which some compilers hold more strictly than others. */
class OpenClSourceTest {
  /** OpenCL C 1.2 to 3.0: built-in functions (6.12, 6.15) whose names a program may hit upon. */
  private static final Set<String> FUNCTIONS =
      Set.of(
          ("abs abs_diff acos acosh add_sat all any asin asinh async_work_group_copy atan atan2"
                  + " atanh atomic_add atomic_inc atomic_load atomic_store barrier bitselect cbrt"
                  + " ceil clamp clz copysign cos cosh cross ctz degrees distance dot erf erfc exp"
                  + " exp10 exp2 expm1 fabs fast_length fdim floor fma fmax fmin fmod fract frexp"
                  + " get_global_id get_global_size get_group_id get_local_id get_local_size hadd"
                  + " half_divide half_exp half_recip hypot ilogb isequal isfinite isgreater isinf"
                  + " isless isnan isnormal ldexp length lgamma log log10 log1p log2 logb mad"
                  + " mad24 mad_hi mad_sat max maxmag mem_fence min minmag mix modf mul24 mul_hi"
                  + " nan native_exp nextafter normalize popcount pow pown powr prefetch printf"
                  + " radians remainder remquo rhadd rint rootn rotate round rsqrt select shuffle"
                  + " sign signbit sin sincos sinh smoothstep sqrt step sub_group_broadcast sub_sat"
                  + " tan tanh tgamma trunc upsample vec_step vload2 vload4 vload8 vstore2"
                  + " work_group_barrier work_group_reduce_add")
              .split(" "));

  /** Scalar and vector types (6.1), which are reserved whether or not an extension is on. */
  private static final Pattern TYPE =
      Pattern.compile(
          "(bool|char|uchar|short|ushort|int|uint|long|ulong|float|double|half|quad)"
              + "(2|3|4|8|16)?|size_t|event_t|image\\w*_t|sampler_t|pipe|channel|complex|imaginary");

  private static final Pattern DECLARED =
      Pattern.compile(
          "(?:^|[(,;{]|\\bfor \\()\\s*(?:(?:static|inline|kernel|const|global|local|restrict)\\s+)*"
              + "(?:(?!return\\b)[a-z_0-9]+|JOIN\\([^)]*\\))\\s+\\*?(?:restrict\\s+)?([a-z_]\\w*)\\s*[(=,;\\[)]",
          Pattern.MULTILINE);

  private static final String CLANG = "clang";

  @TempDir Path folder;

  private static String source() throws IOException {
    try (InputStream text = OpenClKernels.class.getResourceAsStream("fused.cl")) {
      return new String(text.readAllBytes(), UTF_8);
    }
  }

  private static Set<String> declared(String source) {
    String code = source.replaceAll("(?s)/\\*.*?\\*/", " ").replaceAll("(?m)^#.*$", "");
    Set<String> names = new TreeSet<>();
    Matcher matcher = DECLARED.matcher(code);
    for (int at = 0; matcher.find(at); at = matcher.end() - 1) {
      names.add(matcher.group(1));
    }
    return names;
  }

  @Test
  void nothing_has_the_name_of_a_built_in_function_or_type() throws IOException {
    Set<String> names = declared(source());

    assertThat(names).contains("exp_minus", "finalised", "upper8", "sum_stored", "residual");
    assertThat(names).doesNotContainAnyElementsOf(FUNCTIONS);
    assertThat(names).noneMatch(name -> TYPE.matcher(name).matches());
  }

  @Test
  void such_names_are_found() {
    assertThat(declared("static inline ulongs mix(ulongs z)\n{\n float8 half8 = z;\n}"))
        .containsExactly("half8", "mix", "z");
  }

  @Test
  void a_strict_compiler_has_nothing_to_say_in_any_shape() throws Exception {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(path -> Files.isExecutable(Path.of(path, CLANG))),
        "no clang");
    Path file = Files.writeString(folder.resolve("fused.cl"), source());
    for (String standard : List.of("CL1.2", "CL2.0", "CL3.0")) {
      for (String shape : List.of("-DHIDDEN=2", "-DHIDDEN=9", "-DHIDDEN=33")) {
        for (String precision : List.of("-USINGLE", "-DDOUBLE")) {
          for (List<String> items :
              List.of(List.of("-DWIDTH=1", "-DFOLD=256"), List.of("-DWIDTH=8", "-DFOLD=1"))) {
            List<String> defined = new ArrayList<>(List.of(shape, precision));
            defined.addAll(items);
            assertThat(compile(file, standard, defined)).as(standard + defined).isEmpty();
          }
        }
      }
    }
  }

  private String compile(Path file, String standard, List<String> defined)
      throws IOException, InterruptedException {
    Path messages = folder.resolve("messages");
    ProcessBuilder compiler =
        new ProcessBuilder(
            CLANG,
            "-x",
            "cl",
            "-cl-std=" + standard,
            "-target",
            "spir64",
            "-Xclang",
            "-finclude-default-header",
            "-Xclang",
            "-cl-ext=+cl_khr_fp64,+__opencl_c_fp64",
            "-Wall",
            "-Wextra",
            "-Wshadow",
            "-Werror",
            "-pedantic",
            // Work items of one lane leave functions and parameters unused.
            "-Wno-unused-function",
            "-Wno-unused-parameter",
            "-Wno-unknown-pragmas",
            "-fsyntax-only",
            file.toString());
    compiler.command().addAll(defined);
    Process process = compiler.redirectErrorStream(true).redirectOutput(messages.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return Files.readString(messages);
  }
}
