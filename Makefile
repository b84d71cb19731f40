# make test     builds everything and runs every test: JVM, WebAssembly in every runtime
# make demo     builds everything, makes the WordNet snapshot and serves the demo application
# make package  leaves the jars and the npm tarball in target/package/
# make bench-peers  measures WeftDB beside other graph databases: half an hour; OPTIONS="--sizes S" and more
.PHONY: test demo package bench-peers setup clean

test: setup
	@scripts/test.sh

demo: setup
	@scripts/demo.sh

package: setup
	@scripts/package.sh

bench-peers:
	@scripts/bench-peers.sh $(OPTIONS)

setup:
	@scripts/check-java.sh
	@scripts/check-node.sh
	@scripts/set-up-npm.sh
	@scripts/set-up-chromium.sh
	@scripts/set-up-firefox.sh

clean:
	@scripts/maven.sh clean
