/** Networks of Deeplearning4j's other than the 2-H-1 network, read and watched for a check. */
package io.github.sumnet.gradcheck.model;
