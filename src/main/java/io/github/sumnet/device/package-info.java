/**
 * What this machine has and which device this JVM takes, decided before anything native is loaded;
 * and for every device that cannot be used, why and what to do.
 */
package io.github.sumnet.device;
