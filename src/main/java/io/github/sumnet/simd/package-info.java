/**
 * The kernels on the JDK's vectors, the only code that uses the incubating vector module. They are
 * found as services; nothing depends on this package.
 */
package io.github.sumnet.simd;
