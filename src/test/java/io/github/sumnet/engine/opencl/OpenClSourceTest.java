package io.github.sumnet.engine.opencl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kernels' source by OpenCL C's rules, which some compilers hold more strictly than others. */
class OpenClSourceTest {
  /** Scalar and vector types (6.1), which are reserved whether or not an extension is on. */
  private static final String TYPE =
      "(bool|u?char|u?short|u?int|u?long|float|double|half|quad)(2|3|4|8|16)?";

  /** OpenCL C 1.2 to 3.0: types (6.1) and built-in functions (6.12 to 6.15), family by family. */
  private static final Map<String, Pattern> BUILT_IN =
      Map.of(
          "type",
          Pattern.compile(
              TYPE
                  + "|(size|ptrdiff|u?intptr|event|clk_event|queue|ndrange|reserve_id|sampler|image\\w+"
                  + "|atomic_\\w+)_t|atomic_(u?int|u?long|float|double|flag)|memory_(order|scope)|pipe"
                  + "|channel|complex|imaginary|cl_mem_fence_flags|void"),
          "conversion",
          Pattern.compile("as_" + TYPE + "|convert_" + TYPE + "(_sat)?(_rt[ezpn])?"),
          "load and store",
          Pattern.compile("v(load|store)a?(_half)?(2|3|4|8|16)?(_rt[ezpn])?"),
          "work item and group",
          Pattern.compile(
              "get_\\w+|(work|sub)_group_\\w+|barrier|(read_|write_)?mem_fence|async_work_group\\w+"
                  + "|wait_group_events|prefetch|enqueue_\\w+|ndrange_\\w+|(create|retain|release)_\\w*event"
                  + "|\\w*capture_event_profiling_info|printf"),
          "image and pipe",
          Pattern.compile(
              "(read|write)_(image\\w+|pipe)|(\\w+_)?(reserve|commit)_(read|write)_pipe|is_valid_\\w+"),
          "atomic",
          Pattern.compile("atom(ic)?_\\w+"),
          "geometric",
          Pattern.compile("(fast_)?(distance|length|normalize)|cross|dot"),
          "relational",
          Pattern.compile(
              "is(not)?equal|is(greater|less)(equal)?|islessgreater|is(finite|inf|nan|normal)"
                  + "|is(un)?ordered|signbit|any|all|bitselect|select"),
          "integer and common",
          Pattern.compile(
              "abs(_diff)?|r?hadd|(add|sub)_sat|clamp|clz|ctz|popcount|mad(24|_hi|_sat)?|mul(24|_hi)"
                  + "|max|min|rotate|upsample|degrees|radians|mix|sign|step|smoothstep|shuffle2?|vec_step"
                  + "|dot_acc_sat|bit_reverse|\\w*bitfield_(insert|extract)\\w*"),
          "mathematical",
          Pattern.compile(
              "(native_|half_)\\w+|a?(cos|sin|tan)(h|pi)?|atan2(pi)?|sincos|cbrt|ceil|copysign|erfc?"
                  + "|exp(2|10|m1)?|fabs|fdim|floor|fma|f?max|f?min|maxmag|minmag|fmod|fract|frexp|hypot"
                  + "|ilogb|ldexp|[lt]gamma(_r)?|log(2|10|1p|b)?|modf|nan|nextafter|pow(n|r)?|remainder"
                  + "|remquo|rint|rootn|round|r?sqrt|trunc"));

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

    assertThat(names).contains("exp_minus", "finalised", "upper8", "steps_stored", "residual");
    BUILT_IN.forEach(
        (family, pattern) ->
            assertThat(names).as(family).noneMatch(name -> pattern.matcher(name).matches()));
  }

  @ParameterizedTest
  @CsvSource({
    "type, half8 uint3 size_t image2d_array_t atomic_int",
    "conversion, as_float4 convert_int convert_uchar16_sat_rtz",
    "load and store, vload4 vstore16 vload_half vstorea_half4_rte",
    "work item and group, get_global_id get_sub_group_size work_group_reduce_add mem_fence",
    "image and pipe, read_imagef write_imageui read_pipe work_group_reserve_read_pipe",
    "atomic, atomic_add atom_cmpxchg atomic_load_explicit",
    "geometric, cross dot distance fast_length",
    "relational, isgreaterequal isunordered any select",
    "integer and common, mix step upsample mad24 popcount",
    "mathematical, exp native_exp half_recip tgamma atan2pi sincos fmax"
  })
  void families_know_their_names(String family, String names) {
    assertThat(names.split(" ")).allMatch(name -> BUILT_IN.get(family).matcher(name).matches());
  }

  @Test
  void such_names_are_found() {
    assertThat(declared("static inline ulongs mix(ulongs z)\n{\n float8 half8 = z;\n}"))
        .containsExactly("half8", "mix", "z");
  }

  @Tag("campaign")
  @Test
  void a_strict_compiler_has_nothing_to_say_in_any_shape() throws Exception {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(path -> Files.isExecutable(Path.of(path, CLANG))),
        "no clang");
    Path file = Files.writeString(folder.resolve("fused.cl"), source());
    // NVIDIA's compiler is one for OpenCL C 1.2, and counts groups all the same.
    for (String standard :
        List.of(
            "CL1.2",
            "CL1.2 -DCOUNTED -D__NV_CL_C_VERSION=120",
            "CL2.0 -DCOUNTED",
            "CL3.0 -DCOUNTED")) {
      for (String hidden : List.of("2", "9", "33")) {
        for (String precision : List.of("", " -DDOUBLE")) {
          for (String width : List.of("1", "8")) {
            String options =
                "-cl-std=" + standard + precision + " -DHIDDEN=" + hidden + " -DWIDTH=" + width;
            assertThat(compile(file, List.of(options.split(" ")))).as(options).isEmpty();
          }
        }
      }
    }
  }

  private String compile(Path file, List<String> options) throws IOException, InterruptedException {
    Path messages = folder.resolve("messages");
    ProcessBuilder compiler =
        new ProcessBuilder(
            CLANG,
            "-x",
            "cl",
            "-target",
            "spir64",
            "-Xclang",
            "-finclude-default-header",
            "-Xclang",
            "-cl-ext=+cl_khr_fp64,+__opencl_c_fp64,+__opencl_c_atomic_order_acq_rel"
                + ",+__opencl_c_atomic_scope_device",
            // The default header leaves GNU's keyword out, which NVIDIA's compiler knows.
            "-Dasm=__asm__",
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
    compiler.command().addAll(options);
    Process process = compiler.redirectErrorStream(true).redirectOutput(messages.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return Files.readString(messages);
  }
}
