/** What there is of CUDA in this build and on this machine, without any judgement. */
package io.github.sumnet.device.cuda;
