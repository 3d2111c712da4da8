/*
 * A CUDA runtime without a GPU: libcudart.so.11.0 with the functions that the probe calls.
 * SIMULATED_CODE is cudaGetDeviceCount's return code, SIMULATED_MAJOR and SIMULATED_MINOR are the
 * compute capability of the one device. Offsets are those of CUDA 11.6's struct cudaDeviceProp.
 */
#include <stdlib.h>
#include <string.h>

static int number(const char *name) {
  const char *value = getenv(name);
  return value ? atoi(value) : 0;
}

int cudaDriverGetVersion(int *version) {
  *version = 12040;
  return 0;
}

int cudaGetDeviceCount(int *count) {
  int code = number("SIMULATED_CODE");
  *count = code == 0 ? 1 : 0;
  return code;
}

const char *cudaGetErrorName(int code) {
  return code == 0 ? "cudaSuccess" : code == 35 ? "cudaErrorInsufficientDriver" : "cudaErrorOther";
}

int cudaGetDeviceProperties(char *properties, int device) {
  strcpy(properties, "Simulated GPU");
  *(size_t *)(properties + 288) = (size_t)8 << 30; /* totalGlobalMem */
  *(int *)(properties + 360) = number("SIMULATED_MAJOR");
  *(int *)(properties + 364) = number("SIMULATED_MINOR");
  return device;
}
