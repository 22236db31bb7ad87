# The jar comes from `./mvnw package -DskipTests` on the host: that is the jar the tests ran against, and building it
# in here would need an image with a JDK, Maven and Node, and download every dependency again for each change.
ARG BASE_IMAGE=eclipse-temurin:25-jre

FROM ${BASE_IMAGE} AS unpacked
WORKDIR /unpacked
COPY target/fanfare-*.jar fanfare.jar
RUN ["java", "-Djarmode=tools", "-jar", "fanfare.jar", "extract", "--layers", "--destination", "layers"]

FROM ${BASE_IMAGE}
WORKDIR /app
# From what changes least to what changes most, so that an upgrade fetches little.
COPY --from=unpacked /unpacked/layers/dependencies/ ./
COPY --from=unpacked /unpacked/layers/spring-boot-loader/ ./
COPY --from=unpacked /unpacked/layers/snapshot-dependencies/ ./
COPY --from=unpacked /unpacked/layers/application/ ./
# The log's folder. Mount a volume there, or what is kept goes with the container.
RUN install -d -o 10001 -g 10001 /data
ENV FANFARE_ENGINE_EMBEDDED_PATH=/data
VOLUME /data
# A number, so that an orchestrator can see that it is not root.
USER 10001:10001
EXPOSE 8080
# Bash speaks TCP itself; the base image need not have curl.
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${SERVER_PORT:-8080} && printf 'GET /readyz HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
# Without a shell in between, so that SIGTERM reaches Java and connections are closed in order.
# The collector and the headers are those that measured best: see docs/decisions/0013-flags-of-the-jvm.md.
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-XX:MaxRAMPercentage=75", "-XX:+ExitOnOutOfMemoryError", "-jar", "fanfare.jar"]
