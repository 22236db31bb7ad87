# The jar comes from `./mvnw package -DskipTests` on the host: that is the jar the tests ran against, and building it
# in here would need an image with Maven and Node, and download every dependency again for each change.
ARG JDK_IMAGE=eclipse-temurin:25-jdk
ARG BASE_IMAGE=debian:stable-slim

# A Java of what Fanfare and an application beside it may use: all of Java SE, and what Spring, Jetty and jcmd need.
FROM ${JDK_IMAGE} AS built
RUN ["jlink", "--output", "/opt/fanfare-java", "--strip-java-debug-attributes", "--no-header-files", "--no-man-pages", "--include-locales=en,zh", "--add-modules=java.se,jdk.jcmd,jdk.jfr,jdk.localedata,jdk.management,jdk.net,jdk.unsupported,jdk.zipfs"]
WORKDIR /unpacked
COPY target/fanfare-*.jar fanfare.jar
RUN ["java", "-Djarmode=tools", "-jar", "fanfare.jar", "extract", "--layers", "--destination", "layers"]
# RocksDB brings a library for each system there is; this image needs its own, and need not unpack it at each start.
RUN mkdir rocksdb native && cd rocksdb && jar --extract --file ../layers/dependencies/lib/rocksdbjni-*.jar && \
    case $(uname -m) in x86_64) lib=linux64 ;; *) lib=linux-$(uname -m) ;; esac && \
    mv librocksdbjni-$lib.so ../native/ && rm ./*.so ./*.dll ./*.jnilib && \
    jar --create --file ../layers/dependencies/lib/rocksdbjni-*.jar --manifest META-INF/MANIFEST.MF .

FROM ${BASE_IMAGE} AS installed
ENV PATH=/opt/fanfare-java/bin:$PATH LANG=C.UTF-8
WORKDIR /app
# From what changes least to what changes most, so that an upgrade fetches little.
COPY --from=built /opt/fanfare-java/ /opt/fanfare-java/
COPY --from=built /unpacked/native/ native/
COPY --from=built /unpacked/layers/dependencies/ ./
COPY --from=built /unpacked/layers/spring-boot-loader/ ./
COPY --from=built /unpacked/layers/snapshot-dependencies/ ./
COPY --from=built /unpacked/layers/application/ ./
COPY deploy/docker/java.options ./

FROM installed AS trained
COPY deploy/docker/train /usr/local/bin/
RUN ["train", "fanfare.jar"]

FROM installed
# Java's cache of what it learned in training; where it does not fit, Java starts without it.
COPY --from=trained /app/fanfare.aot ./
# The log's folder. Mount a volume there, or what is kept goes with the container.
RUN install -d -o 10001 -g 10001 /data
ENV FANFARE_ENGINE_EMBEDDED_PATH=/data
VOLUME /data
LABEL org.opencontainers.image.title="Fanfare" \
      org.opencontainers.image.description="A self-hosted real-time broadcast server: STOMP over WebSocket for readers, one HTTP request for writers." \
      org.opencontainers.image.licenses="Apache-2.0"
# A number, so that an orchestrator can see that it is not root.
USER 10001:10001
EXPOSE 8080
STOPSIGNAL SIGTERM
# Bash speaks TCP itself; the base image need not have curl.
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${SERVER_PORT:-8080} && printf 'GET /readyz HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
# Without a shell in between, so that SIGTERM reaches Java and clients are asked to move. Options of your own go into
# JDK_JAVA_OPTIONS.
ENTRYPOINT ["java", "@java.options", "-XX:AOTCache=fanfare.aot", "-jar", "fanfare.jar"]
