/**
 * The options of Knative's autoscaler, with the same bounds as Knative's own validation.
 *
 * After knative/serving 98e5ef90: `ValidateAnnotations` (pkg/apis/autoscaling), `validate` (pkg/
 * autoscaler/config), and the ConfigMaps config-autoscaler and config-defaults (facts T06-01…10).
 */

import type { Given, OptionTable } from '../../option.ts';
import { POOL_OPTIONS, REAL_INSTANCES } from '../pool-options.ts';

const ANNOTATIONS = 'knative/serving pkg/apis/autoscaling/annotation_validation.go';
const CONFIG = 'knative/serving pkg/autoscaler/config/config.go';
/** Knative's WindowMax. */
const HOUR_MS = 3_600_000;
/** Knative refuses windows and delays with parts of a second. */
const SECOND_MS = 1000;

const { maxQueued, maxQueueMs } = POOL_OPTIONS;

/** Declarations of the policy `kpa`'s options. */
export const KPA_OPTIONS = {
  containerConcurrency: {
    type: 'number',
    unit: 'calls',
    isWhole: true,
    least: 0,
    most: 1000,
    default: 0,
    meaning: 'most calls that one instance runs at once; 0 is no limit',
    source: 'config-defaults: container-concurrency, container-concurrency-max-limit',
  },
  target: {
    type: 'number',
    unit: 'calls',
    least: 0.01,
    otherwise: 'containerConcurrency, or 100 without a limit',
    meaning:
      'calls at once that an instance is reckoned to bear; lower means more instances for the same load',
    source: `${ANNOTATIONS}: TargetMin`,
  },
  targetUtilization: {
    type: 'number',
    least: 0.01,
    most: 1,
    default: 0.7,
    meaning: 'share of the target that is aimed at; the rest is room to grow',
    source: `${ANNOTATIONS}: target-utilization-percentage from 1 to 100`,
  },
  stableWindowMs: {
    type: 'number',
    unit: 'ms',
    least: 6000,
    most: HOUR_MS,
    step: SECOND_MS,
    default: 60_000,
    meaning: 'length of the long average',
    source: `${ANNOTATIONS}: window`,
  },
  panicWindowPercentage: {
    type: 'number',
    unit: '%',
    least: 1,
    most: 100,
    default: 10,
    meaning: 'length of the short average, as a share of the long one',
    source: `${ANNOTATIONS}: PanicWindowPercentageMin, PanicWindowPercentageMax`,
  },
  panicThresholdPercentage: {
    type: 'number',
    unit: '%',
    least: 110,
    most: 1000,
    default: 200,
    meaning: 'panic when the short average asks for this share of what is ready',
    source: `${ANNOTATIONS}: PanicThresholdPercentageMin, PanicThresholdPercentageMax`,
  },
  maxScaleUpRate: {
    type: 'number',
    least: 1,
    isAbove: true,
    default: 1000,
    meaning: 'most growth in one tick, as a factor',
    source: `${CONFIG}: max-scale-up-rate`,
  },
  maxScaleDownRate: {
    type: 'number',
    least: 1,
    isAbove: true,
    default: 2,
    meaning: 'most shrinking in one tick, as a factor',
    source: `${CONFIG}: max-scale-down-rate`,
  },
  activationScale: {
    type: 'number',
    unit: 'instances',
    isWhole: true,
    least: 2,
    notBelow: ['minScale'],
    otherwise: 'as many as the load asks for',
    meaning: 'fewest instances once there is any load',
    source: `${ANNOTATIONS}: min-activate-scale`,
  },
  scaleDownDelayMs: {
    type: 'number',
    unit: 'ms',
    least: 0,
    most: HOUR_MS,
    step: SECOND_MS,
    default: 0,
    meaning: 'fewer instances only after fewer have been enough for this long',
    source: `${ANNOTATIONS}: scale-down-delay`,
  },
  targetBurstCapacity: {
    type: 'number',
    unit: 'calls',
    least: 0,
    also: { value: -1, means: 'always' },
    default: 211,
    meaning: 'calls that may come at once; decides whether the activator is in their path',
    source: `${ANNOTATIONS}: target-burst-capacity`,
  },
  minScale: {
    type: 'number',
    unit: 'instances',
    isWhole: true,
    least: 0,
    real: REAL_INSTANCES,
    default: 0,
    meaning: 'fewest instances, also without load',
    source: `${ANNOTATIONS}: min-scale`,
  },
  /** Knative has no default limit. Here real instances have one: they are the reader's processes. */
  maxScale: {
    type: 'number',
    unit: 'instances',
    isWhole: true,
    least: 1,
    also: { value: 0, means: 'no limit' },
    real: { ...REAL_INSTANCES, also: null },
    notBelow: ['minScale', 'activationScale'],
    default: 32,
    meaning: 'most instances once the initial scale has been reached',
    source: `${ANNOTATIONS}: max-scale`,
  },
  /** Knative allows more than max-scale here, and uses it until it has been reached (#14153). */
  initialScale: {
    type: 'number',
    unit: 'instances',
    isWhole: true,
    least: 0,
    real: REAL_INSTANCES,
    default: 1,
    meaning: 'instances of a new revision, before anybody has called; maxScale does not bound it',
    source: `${ANNOTATIONS}: initial-scale, on a cluster with allow-zero-initial-scale`,
  },
  /** Knative sends a new revision no calls until its first instance is ready; here they can come. */
  atZero: {
    type: 'flag',
    default: false,
    meaning:
      'whether it begins as a revision that was scaled to zero, whose first call is decided on at once, or as a new one, whose first decision comes with the first tick',
  },
  enableScaleToZero: {
    type: 'flag',
    default: true,
    meaning: 'whether the last instance may go',
    source: `${CONFIG}: enable-scale-to-zero`,
  },
  scaleToZeroGraceMs: {
    type: 'number',
    unit: 'ms',
    least: 0,
    isAbove: true,
    default: 30_000,
    meaning: 'how long the activator must be in the path before the last instance goes',
    source: `${CONFIG}: scale-to-zero-grace-period`,
  },
  podRetentionMs: {
    type: 'number',
    unit: 'ms',
    least: 0,
    most: HOUR_MS,
    default: 0,
    meaning: 'how long the last instance is kept at least: the keep-alive of this model',
    source: `${ANNOTATIONS}: scale-to-zero-pod-retention-period`,
  },
  aggregation: {
    type: 'choice',
    of: ['linear', 'weighted'],
    default: 'linear',
    meaning: 'how a window is averaged; weighted follows changes faster',
    source: `${ANNOTATIONS}: metric-aggregation-algorithm, linear or weighted-exponential`,
  },
  maxQueued,
  maxQueueMs,
} as const satisfies OptionTable;

/** The options of the policy `kpa` as input. */
export type KpaOptions = Given<typeof KPA_OPTIONS>;
