/*
 * The plain C loop that the fused engine is compared with: forward, half squared error and all six
 * gradients of the 2-2-1 network in one pass, one thread, float, e^-|z| as a Taylor polynomial of
 * degree 5 and one true division for each sigmoid. The compiler may reorder the sums; with all of
 * -ffast-math it would take approximate reciprocals for the divisions, which is slower.
 *
 *   cc -O3 -march=native -mprefer-vector-width=512 -fno-math-errno -fno-trapping-math
 *     -fassociative-math -fno-signed-zeros -ffinite-math-only one_pass.c -o one_pass
 *   one_pass BATCH_SIZE    answers every line of input with the microseconds of a pass
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { W11, W12, W21, W22, WH1, WH2, WEIGHTS };

static const double ROUND_SECONDS = 0.15;

/* e^x for x of at most 0. */
static inline float exponential(float x) {
  x = x < -87.0f ? -87.0f : x;
  float shifted = x * 1.44269504f + 12582912.0f;
  float n = shifted - 12582912.0f;
  float r = x - n * 0.693359375f + n * 2.12194440e-4f;
  float p = 1.0f + r * (1.0f + r * (0.5f + r * (0.16666667f + r * (0.041666667f + r * 0.0083333333f))));
  int32_t bits;
  memcpy(&bits, &shifted, sizeof bits);
  bits = (bits << 23) + 0x3f800000;
  float power;
  memcpy(&power, &bits, sizeof power);
  return p * power;
}

static inline float sigmoid(float z) {
  float e = exponential(z < 0 ? z : -z);
  return (z < 0 ? e : 1.0f) / (1.0f + e);
}

__attribute__((noinline)) static float pass(const float *restrict x1, const float *restrict x2,
                                            const float *restrict y, int count, const float *w,
                                            float *gradient) {
  float w11 = w[W11], w12 = w[W12], w21 = w[W21], w22 = w[W22], wh1 = w[WH1], wh2 = w[WH2];
  float g11 = 0, g12 = 0, g21 = 0, g22 = 0, gh1 = 0, gh2 = 0, loss = 0;
  for (int i = 0; i < count; i++) {
    float a1 = sigmoid(x1[i] * w11 + x2[i] * w21);
    float a2 = sigmoid(x1[i] * w12 + x2[i] * w22);
    float prediction = sigmoid(a1 * wh1 + a2 * wh2);
    float residual = prediction - y[i];
    float delta = residual * prediction * (1 - prediction);
    float delta1 = delta * wh1 * a1 * (1 - a1);
    float delta2 = delta * wh2 * a2 * (1 - a2);
    g11 += delta1 * x1[i];
    g12 += delta2 * x1[i];
    g21 += delta1 * x2[i];
    g22 += delta2 * x2[i];
    gh1 += delta * a1;
    gh2 += delta * a2;
    loss += 0.5f * residual * residual;
  }
  float sums[WEIGHTS] = {g11, g12, g21, g22, gh1, gh2};
  memcpy(gradient, sums, sizeof sums);
  return loss;
}

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
  int count = argc > 1 ? atoi(argv[1]) : 0;
  if (count < 1) {
    fprintf(stderr, "usage: one_pass BATCH_SIZE\n");
    return 2;
  }
  float *x1 = malloc(count * sizeof *x1), *x2 = malloc(count * sizeof *x2), *y = malloc(count * sizeof *y);
  if (!x1 || !x2 || !y) {
    fprintf(stderr, "one_pass: no memory for %d samples\n", count);
    return 1;
  }
  for (int i = 0; i < count; i++) {
    x1[i] = (float)(rand() / (2.0 * RAND_MAX));
    x2[i] = (float)(rand() / (2.0 * RAND_MAX));
    y[i] = x1[i] + x2[i];
  }
  float weights[WEIGHTS] = {0.2f, 0.3f, 0.4f, 0.7f, 0.6f, -0.1f}, gradient[WEIGHTS];
  char line[64];
  while (fgets(line, sizeof line, stdin)) {
    double start = seconds(), passed = 0;
    long passes = 0;
    while (passed < ROUND_SECONDS) {
      float loss = pass(x1, x2, y, count, weights, gradient);
      /* Keeps the compiler from finding that all passes are the same. */
      weights[W11] += 1e-20f * loss * gradient[W11];
      passes++;
      passed = seconds() - start;
    }
    printf("%.17g\n", passed * 1e6 / passes);
    fflush(stdout);
  }
  return 0;
}
