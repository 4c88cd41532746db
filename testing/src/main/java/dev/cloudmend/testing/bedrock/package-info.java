/**
 * Amazon Bedrock's Converse operation as a local server: what tests and the local suite ask in
 * place of a model.
 */
@NullMarked
package dev.cloudmend.testing.bedrock;

import org.jspecify.annotations.NullMarked;
