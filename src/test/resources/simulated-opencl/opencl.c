/*
 * An OpenCL loader without a GPU behind it: the functions that the probe calls, and one that opens a
 * device and fails. Three drivers: one with a CPU, one that fails, one with a GPU. What the GPU cannot
 * do is said by SIMULATED_LACKS, some letters of: a (is not available), c (no compiler), d (no double),
 * e (no exact division), s (no subnormal numbers).
 */
#include <stdlib.h>
#include <string.h>

#define CL_OUT_OF_RESOURCES -5
#define CL_OUT_OF_HOST_MEMORY -6

static char platforms[3];
static char cpu;
static char gpu;

static int lacks(char what) {
  const char *letters = getenv("SIMULATED_LACKS");
  return letters && strchr(letters, what);
}

static int answer(const void *from, size_t bytes, size_t room, void *value, size_t *size) {
  if (size) {
    *size = bytes;
  }
  if (value) {
    memcpy(value, from, bytes < room ? bytes : room);
  }
  return 0;
}

static int text(const char *from, size_t room, void *value, size_t *size) {
  return answer(from, strlen(from) + 1, room, value, size);
}

static int number(unsigned long from, size_t room, void *value, size_t *size) {
  return answer(&from, sizeof from, room, value, size);
}

void *clGetExtensionFunctionAddress(const char *name) { return 0; }

void *clGetExtensionFunctionAddressForPlatform(void *platform, const char *name) { return 0; }

int clGetPlatformIDs(unsigned entries, void **ids, unsigned *count) {
  if (count) {
    *count = 3;
  }
  for (unsigned i = 0; ids && i < entries && i < 3; i++) {
    ids[i] = &platforms[i];
  }
  return 0;
}

int clGetPlatformInfo(void *platform, unsigned what, size_t room, void *value, size_t *size) {
  switch (what) {
    case 0x0901: /* CL_PLATFORM_VERSION */
      return text("OpenCL 1.2 simulated", room, value, size);
    case 0x0902: /* CL_PLATFORM_NAME */
      return text("Simulated driver", room, value, size);
    default:
      return text("", room, value, size);
  }
}

int clGetDeviceIDs(
    void *platform, unsigned long type, unsigned entries, void **ids, unsigned *count) {
  if (count) {
    *count = 1;
  }
  if (ids) {
    *ids = platform == &platforms[0] ? &cpu : &gpu;
  }
  return platform == &platforms[1] ? CL_OUT_OF_HOST_MEMORY : 0;
}

int clGetDeviceInfo(void *device, unsigned what, size_t room, void *value, size_t *size) {
  int is_gpu = device == &gpu;
  switch (what) {
    case 0x1000: /* CL_DEVICE_TYPE */
      return number(is_gpu ? 4 : 2, room, value, size);
    case 0x101B: /* CL_DEVICE_SINGLE_FP_CONFIG */
      return number((lacks('s') ? 0 : 1) | (lacks('e') ? 0 : 128), room, value, size);
    case 0x1027: /* CL_DEVICE_AVAILABLE */
      return number(!(is_gpu && lacks('a')), room, value, size);
    case 0x1028: /* CL_DEVICE_COMPILER_AVAILABLE */
      return number(!(is_gpu && lacks('c')), room, value, size);
    case 0x102B: /* CL_DEVICE_NAME */
      return text(is_gpu ? "Simulated GPU" : "Simulated CPU", room, value, size);
    case 0x102D: /* CL_DRIVER_VERSION */
      return text("7.1", room, value, size);
    case 0x1030: /* CL_DEVICE_EXTENSIONS */
      return text(is_gpu && lacks('d') ? "" : "cl_khr_fp64", room, value, size);
    case 0x102C: /* CL_DEVICE_VENDOR */
    case 0x102F: /* CL_DEVICE_VERSION */
      return text("simulated", room, value, size);
    default:
      return number(64, room, value, size);
  }
}

void *clCreateContext(
    void *properties, unsigned devices, void *ids, void *notify, void *data, int *code) {
  *code = CL_OUT_OF_RESOURCES;
  return 0;
}
