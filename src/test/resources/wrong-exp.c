/* An exponential function that is 1 % off, to be loaded in front of the C library's own. */
#include <math.h>

float expf(float x) { return (float)(exp((double)x) * 1.01); }
