# The last, small step: the agent's source. A change of source rebuilds only this.
ARG SYSTEM
FROM ${SYSTEM}
COPY . /app/
