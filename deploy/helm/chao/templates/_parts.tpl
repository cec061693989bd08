{{/* What the workloads share. Called with the root context, and a component where one is named. */}}
{{- define "chao.labels" -}}
app.kubernetes.io/name: chao
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "chao.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{- define "chao.pod" -}}
automountServiceAccountToken: false
# Services of the namespace would otherwise turn up as variables beside the settings.
enableServiceLinks: false
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  seccompProfile: {type: RuntimeDefault}
volumes:
  - name: tmp
    emptyDir: {sizeLimit: 64Mi}
  # The working directory. The data is in PostgreSQL.
  - name: data
    emptyDir: {sizeLimit: 64Mi}
  {{- with .Values.knowledge.volume }}
  - name: knowledge
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}

{{- define "chao.container" -}}
image: {{ include "chao.image" . }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
envFrom:
  - secretRef: {name: {{ .Values.existingSecret }}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: {drop: [ALL]}
resources:
  {{- toYaml .Values.resources | nindent 2 }}
volumeMounts:
  - {name: tmp, mountPath: /tmp}
  - {name: data, mountPath: /data}
  {{- if .Values.knowledge.volume }}
  - {name: knowledge, mountPath: /knowledge, readOnly: true}
  {{- end }}
{{- end }}

{{- define "chao.env" -}}
# A pod without it would keep its data in itself, so it does not start.
- name: DATABASE_URL
  valueFrom: {secretKeyRef: {name: {{ .Values.existingSecret }}, key: DATABASE_URL}}
- {name: CHAO_HTTP_HOST, value: 0.0.0.0}
- {name: CHAO_HTTP_PORT, value: "3000"}
{{- if .Values.knowledge.volume }}
- {name: CHAO_KNOWLEDGE, value: /knowledge}
{{- end }}
{{- range $name, $value := .Values.settings }}
- {name: {{ $name }}, value: {{ $value | quote }}}
{{- end }}
{{- end }}

{{- define "chao.serving" -}}
ports:
  - {name: http, containerPort: 3000}
startupProbe:
  httpGet: {path: /healthz, port: http}
  periodSeconds: 2
  failureThreshold: 60
livenessProbe:
  httpGet: {path: /healthz, port: http}
  periodSeconds: 20
  timeoutSeconds: 5
# Half a minute: a restart of the database takes no replica away from people, who are then told to try again.
readinessProbe:
  httpGet: {path: /readyz, port: http}
  periodSeconds: 5
  timeoutSeconds: 5
  failureThreshold: 6
{{- end }}

{{- define "chao.scraped" -}}
annotations:
  prometheus.io/scrape: {{ .Values.metrics.scrape | quote }}
  prometheus.io/port: "3000"
  prometheus.io/path: /metrics
{{- end }}
